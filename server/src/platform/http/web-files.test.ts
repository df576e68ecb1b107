import { expect, it } from '@jest/globals';
import { webFileAt } from './web-files.ts';

it.each([
  ['/', true, 'console', 'index.html', 'no-cache'],
  ['/inbox/open/1042', true, 'console', 'index.html', 'no-cache'],
  ['/icon.svg', false, 'console', 'icon.svg', 'no-cache'],
  ['/assets/index-4f2a.js', false, 'console', 'assets/index-4f2a.js', 'immutable'],
  ['/widget.js', false, 'widget', 'widget.js', 'max-age=300'],
  ['/widget-panel.js', false, 'widget', 'widget-panel.js', 'max-age=86400'],
  ['/widget-test', true, 'widget', 'widget-test.html', 'no-cache'],
])('%s is a file', (path, acceptsPages, folder, file, cache) => {
  const found = webFileAt(path, acceptsPages);
  expect(found).toMatchObject({ kind: 'file', folder, file });
  if (found.kind === 'file') expect(found.headers['cache-control']).toContain(cache);
});

it.each([
  ['/api/v1/nothing', true],
  ['/api', true],
  ['/webhooks/abc/x.js', true],
  ['/media/x', true],
  ['/inbox/open', false],
])('%s is none', (path, acceptsPages) => {
  expect(webFileAt(path, acceptsPages)).toEqual({ kind: 'none' });
});

it('lets other pages load the widget, and nothing else', () => {
  expect(webFileAt('/widget.js', false)).toMatchObject({ headers: { 'access-control-allow-origin': '*' } });
  expect(webFileAt('/theme.js', false)).not.toMatchObject({ headers: { 'access-control-allow-origin': '*' } });
});
