import type { FakeAnswer } from '../answering.ts';

type Args = Readonly<Record<string, string>>;

export interface FakeOauth {
  /** The workspace in which the person is who allows it. */
  team: { id: string; name: string };
  /** Tokens end after twelve hours. */
  rotates: boolean;
  readonly client: { readonly id: string; readonly secret: string };
  /** Tokens that are taken. */
  readonly tokens: Set<string>;
  /** What was asked for, at the last visit of the page. */
  asked: URLSearchParams | null;
}

const link = (address: string, more: Record<string, string>, words: string): string => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return `<a href="${url.href.replace(/&/g, '&amp;')}">${words}</a>`;
};

/** The page where somebody allows an app, and what its answer is exchanged for. Each code and refresh token is good once. */
export const fakeOauth = (botToken: string) => {
  const codes = new Set<string>();
  const refreshTokens = new Set<string>();
  let number = 0;
  const oauth: FakeOauth = {
    team: { id: 'T0AAAAAAA', name: 'Acme' },
    rotates: false,
    client: { id: '1234567890.1234567890', secret: 'fake-client-secret' },
    tokens: new Set([botToken]),
    asked: null,
  };
  const granted = (): object => {
    number += 1;
    const token = oauth.rotates ? `xoxe.xoxb-1-${number}` : botToken;
    oauth.tokens.add(token);
    const refresh = `xoxe-1-${number}`;
    if (oauth.rotates) refreshTokens.add(refresh);
    return {
      ...{ ok: true, access_token: token, token_type: 'bot', scope: oauth.asked?.get('scope') ?? '', team: oauth.team },
      ...(oauth.rotates && { refresh_token: refresh, expires_in: 43_200 }),
    };
  };
  const access = ({ client_id, client_secret, code, refresh_token }: Args): object => {
    if (client_id !== oauth.client.id) return { ok: false, error: 'invalid_client_id' };
    if (client_secret !== oauth.client.secret) return { ok: false, error: 'bad_client_secret' };
    if (refresh_token !== undefined)
      return refreshTokens.delete(refresh_token) ? granted() : { ok: false, error: 'invalid_refresh_token' };
    return codes.delete(code ?? '') ? granted() : { ok: false, error: 'invalid_code' };
  };
  const page = ({ searchParams }: URL): FakeAnswer => {
    oauth.asked = searchParams;
    const code = `code-${(number += 1)}`;
    codes.add(code);
    const [back, state] = [searchParams.get('redirect_uri') ?? '', searchParams.get('state') ?? ''];
    const allow = link(back, { code, state }, 'Allow');
    const cancel = link(back, { error: 'access_denied', state }, 'Cancel');
    const body = `<!doctype html><html lang="en"><title>Allow</title><h1>${oauth.team.name}</h1>${allow} ${cancel}</html>`;
    return { headers: { 'content-type': 'text/html' }, body };
  };
  return Object.assign(oauth, { methods: { 'oauth.v2.access': access }, page });
};
