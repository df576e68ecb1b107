import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Connector } from '@switchboard/contract';
import { z } from 'zod';
import { openSecretBox } from '../../platform/secrets/secret-box.ts';
import { joinSettings, secretPaths, settingsSchema, splitSettings } from './account-settings.ts';

const secret = (title: string) => z.string().min(3).meta({ title, secret: true });
const settings = z.object({
  address: z.string().meta({ title: 'Address' }),
  token: secret('Token'),
  inbound: z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('push') }),
    z.object({ mode: z.literal('pull'), password: secret('Password'), port: z.number().default(993) }),
  ]),
});
const connector = { settings } as unknown as Connector;
const box = openSecretBox(randomBytes(32));
const typed = { address: 'a', token: 'secret-token', inbound: { mode: 'pull', password: 'secret-word' } };

it('finds the secrets, in nested objects and alternatives', () => {
  expect(secretPaths(settingsSchema(connector)).toSorted()).toEqual(['inbound.password', 'token']);
});

describe('settings that are saved', () => {
  it('hold no secret in the clear, and come back whole for the connector', () => {
    const saved = splitSettings(connector, typed, null, box);
    expect(JSON.stringify(saved)).not.toContain('secret-');
    expect(saved.settings).toEqual({ address: 'a', inbound: { mode: 'pull', port: 993 } });
    expect(joinSettings(saved, box)).toEqual({ ...typed, inbound: { ...typed.inbound, port: 993 } });
  });

  it('keep a secret that is left out or empty, and replace one that is typed', () => {
    const saved = splitSettings(connector, typed, null, box);
    const changed = splitSettings(
      connector,
      { address: 'b', token: '', inbound: { mode: 'pull', password: 'new-word' } },
      saved,
      box,
    );
    expect(joinSettings(changed, box)).toMatchObject({
      address: 'b',
      token: 'secret-token',
      inbound: { password: 'new-word' },
    });
  });

  it('forget the secret of an alternative that is no longer chosen', () => {
    const saved = splitSettings(connector, typed, null, box);
    const changed = splitSettings(connector, { address: 'a', inbound: { mode: 'push' } }, saved, box);
    expect(changed.secrets.map(({ path }) => path)).toEqual(['token']);
  });

  it('are refused with the field that is wrong', () => {
    const save = () => splitSettings(connector, { ...typed, token: 'x' }, null, box);
    expect(save).toThrow(
      expect.objectContaining({ code: 'invalid', fields: [expect.objectContaining({ path: 'settings.token' })] }),
    );
  });
});
