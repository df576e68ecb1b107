import { ConnectorError } from '@switchboard/contract';
import type { RawRequest } from '@switchboard/contract';

export interface RequestShape {
  readonly webhookUrl: string;
  readonly receivedAt: Date;
  readonly method?: string | undefined;
  readonly hook?: string | undefined;
  /** The public URL, where it is not the account's webhook address with the hook. */
  readonly url?: string | undefined;
  /** Any case; `content-type` is guessed from the body when missing. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const contentTypeOf = (body: Buffer): string => {
  const start = body.subarray(0, 500).toString('latin1').trimStart();
  if (/^[{[]/.test(start)) return 'application/json';
  return /^[\w.%+-]+=/.test(start) ? 'application/x-www-form-urlencoded' : 'application/octet-stream';
};

/** A request as ingress would hand it in, made of a body alone. */
export const rawRequestOf = (body: Buffer, shape: RequestShape): RawRequest => {
  const hook = shape.hook ?? '';
  const given = Object.entries(shape.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method: shape.method ?? 'POST',
    url: shape.url ?? (hook ? `${shape.webhookUrl}/${hook}` : shape.webhookUrl),
    hook,
    headers: { 'content-type': contentTypeOf(body), ...Object.fromEntries(given) },
    rawBody: body,
    receivedAt: shape.receivedAt,
  };
};

/**
 * A request written down as in RFC 9112: `POST /status`, headers, an empty line, the body as it is. A path is below the
 * account's webhook address and names the hook; a URI (`imap://…`) is taken as it stands.
 */
export const readHttpText = (text: Buffer, shape: RequestShape): RawRequest => {
  const blank = /\r?\n\r?\n/.exec(text.toString('latin1'));
  const head = text.subarray(0, blank?.index ?? text.length).toString('utf8');
  const body = blank ? text.subarray(blank.index + blank[0].length) : Buffer.alloc(0);
  const [requestLine = '', ...headerLines] = head.split(/\r?\n/);
  const [, method, target] = /^([A-Z]+) (\S+)(?: HTTP\/[\d.]+)?$/.exec(requestLine) ?? [];
  if (!method || !target) throw new ConnectorError('rejected', `Not a request line: ${requestLine.slice(0, 80)}`);
  const headers = Object.fromEntries(
    headerLines.filter(Boolean).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  const below = target.startsWith('/');
  return rawRequestOf(body, {
    ...shape,
    method,
    headers,
    hook: below ? (target.slice(1).split('?')[0] ?? '') : '',
    url: below ? shape.webhookUrl + target.replace(/^\/(?=$|\?)/, '') : target,
  });
};
