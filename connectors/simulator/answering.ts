import type { IncomingMessage } from 'node:http';
import type { SentFile } from './files.ts';
import { listening, type Listening } from './listening.ts';

export interface FakeAnswer {
  /** 200, if nothing is said. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
/** What a provider does with a request: answers, gives a file, or breaks the connection. */
export type Reaction = FakeAnswer | SentFile | 'hang-up';

/** A provider on this machine. A request that it cannot read gets a 500, and goes no further. */
export const answering = (
  react: (request: IncomingMessage) => Promise<Reaction>,
  problem: (what: string) => void,
): Promise<Listening> =>
  listening((request, response) => {
    const give = (reaction: Reaction): void => {
      if (reaction === 'hang-up') return void request.socket.destroy();
      if ('bytes' in reaction)
        return void response.writeHead(200, { 'content-type': reaction.mimeType }).end(reaction.bytes);
      const { status = 200, headers, body = {} } = reaction;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    react(request).then(give, (error: unknown) => {
      problem(`${request.method} ${request.url}: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
