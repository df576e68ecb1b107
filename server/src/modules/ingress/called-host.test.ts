import { expect, it } from '@jest/globals';
import { calledHost } from './called-host.ts';

it.each([
  ['help.example.com', undefined],
  ['HELP.example.com', undefined],
  ['old.example.com', 'old.example.com'],
  ['help.example.com:8443', 'help.example.com:8443'],
  ['localhost:3000', undefined],
  ['127.0.0.1:3000', undefined],
  ['hub.default.svc.cluster.local', undefined],
  ['hub', undefined],
  ['<b>call us</b>.example.com', undefined],
  [`${'a'.repeat(200)}.example.com`, undefined],
])('a request for %s tells of %s', (host, told) => {
  expect(calledHost(host, 'https://help.example.com')).toBe(told);
});
