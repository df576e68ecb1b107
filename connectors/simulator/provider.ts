import type { Person } from './cast/people.ts';
import type { Story } from './cast/story.ts';
import type { Happenings } from './happenings.ts';
import type { Line } from './line.ts';

/** One channel's side of the world: its provider, and the customers who use it. */
export interface Provider {
  /** Of the hub's account, with where this provider listens now. */
  readonly settings: Record<string, unknown>;
  /** Where the account is told of what customers do; mail finds its way without. */
  reach?(webhookUrl: string): void;
  line(person: Person, story: Story): Line | Promise<Line>;
  close(): Promise<void>;
}

/** As a provider posts a webhook: who is not answered with a success has not got it. */
export const tell = async (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { signal }: Pick<Happenings, 'signal'>,
): Promise<Response> => {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(url, { method: 'POST', headers: sent, body, signal });
  if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
  return response;
};
