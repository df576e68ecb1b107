import { expect, it } from '@jest/globals';
import { ConnectorError } from '@switchboard/contract';
import { checkMeta } from './check.ts';

const account = { appSecret: 's', verifyToken: 'v', accessToken: 't', apiBaseUrl: 'https://graph.example' };
const token = { is_valid: true, scopes: ['pages_messaging'], expires_at: Date.UTC(2027, 0, 9) / 1000 };
const at = new Date(Date.UTC(2027, 0, 9));
const expires = { what: 'access token', at };

const check = (
  answers: { token?: object; apps?: object[] | ConnectorError },
  differences: object = {},
  known = true,
) => {
  const { apps = [{}] } = answers;
  const get = async (path: string) => {
    if (path === 'debug_token') return { data: { ...token, ...answers.token } };
    if (apps instanceof ConnectorError) throw apps;
    return { data: apps };
  };
  const permissions = known ? { pages_messaging: 'to answer' } : null;
  const checks = { describe: async () => 'The shop', permissions, subscribedAt: 'me/subscribed_apps' };
  return checkMeta({ get, post: get }, { ...account, ...differences }, checks);
};
const app = { appId: '12345' };

it('says when the token ends: as Meta does, or as the settings do where Meta can’t', async () => {
  expect(await check({}, app)).toEqual({ ok: true, detail: 'The shop', lacks: [], expires });
  const told = { tokenEnds: '2027-01-09' };
  expect(await check({}, told)).toMatchObject({ expires });
  expect(await check({}, { ...app, ...told }, false)).toMatchObject({ expires });
  expect(await check({ token: { expires_at: 0 } }, app)).toEqual({ ok: true, detail: 'The shop', lacks: [] });
});

it('names the permissions that are missing', async () => {
  expect(await check({ token: { scopes: ['email'] } }, app)).toMatchObject({
    lacks: ['The access token lacks the permission pages_messaging, to answer: make a new one'],
  });
  expect(await check({ token: { scopes: undefined } }, app)).toMatchObject({ lacks: [] });
});

it('says whether the app is told of messages, and is no worse for not being allowed to ask', async () => {
  expect(await check({ apps: [] })).toMatchObject({ lacks: [expect.stringContaining('press “Connect”')] });
  const refused = new ConnectorError('unauthorised', 'No permission');
  expect(await check({ apps: refused })).toMatchObject({ ok: true, lacks: [expect.stringContaining('No permission')] });
  const down = new ConnectorError('temporary', 'Meta is down');
  expect(await check({ apps: down })).toEqual({ ok: false, code: 'temporary', message: 'Meta is down' });
});
