import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';

const command = join(import.meta.dirname, 'normalise.mjs');
const fixture = join(import.meta.dirname, '../../tests/fixtures/twilio-sms/mms.request.http');
const sid = `SM${'1'.repeat(32)}`;

const normalise = async (args: string[], payload = '') => {
  const child = spawn(process.execPath, [command, ...args], { env: { PATH: process.env['PATH'] } });
  child.stdin.on('error', () => undefined).end(payload);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((exited) => child.once('close', exited)),
  ]);
  return { out, lines: out.trimEnd().split('\n'), err, code };
};

describe('the command normalise', () => {
  it('prints the events of standard input and nothing else', async () => {
    const payload = `MessageSid=${sid}&From=%2B14155550100&Body=Hi`;
    const { out, code } = await normalise(['twilio-sms', '--received-at', '2026-03-02T10:00:00Z'], payload);
    expect(JSON.parse(out)).toMatchObject([
      { kind: 'message.received', dedupeKey: sid, occurredAt: '2026-03-02T10:00:00.000Z' },
    ]);
    expect(code).toBe(0);
  });

  it('prints a line for each file, the failed ones too, and exits with 1', async () => {
    const { lines, err, code } = await normalise(['twilio-sms', fixture, '/no/such/file']);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { file: fixture, events: [expect.objectContaining({ kind: 'message.received' })] },
      { file: '/no/such/file', error: 'cannot be read (ENOENT)' },
    ]);
    expect(err).toContain('1 of 2 files failed');
    expect(code).toBe(1);
  });

  it.each([
    ['a bad payload', ['twilio-sms'], 'rejected: MessageSid is missing'],
    ['an unknown connector', ['pigeon'], 'no connector "pigeon"; the connectors are: '],
    ['no connector', [], 'usage: npm run -s normalise'],
    ['a header without a name', ['twilio-sms', '--header', 'x'], '--header "x" is not "Name: value"'],
    ['a time that is none', ['twilio-sms', '--received-at', 'soon'], '--received-at is not a time'],
  ])('says in words what is wrong with %s and exits with 1', async (_, args, words) => {
    const { out, err, code } = await normalise(args, 'nonsense');
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(err).toContain(`normalise: ${words}`);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
