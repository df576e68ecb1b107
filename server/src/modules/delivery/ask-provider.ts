import { ConnectorError } from '@switchboard/contract';
import type { OpenChannel } from '../channels/index.ts';
import type { Awaited } from '../tickets/index.ts';
import type { Command } from './pace.ts';

/** The bus waits growing times between tries; after the last one it fails and the agent is told. */
export const RETRY_DELAYS_MS = [2000, 10_000, 60_000, 300_000, 900_000];
export const MOST_TRIES = RETRY_DELAYS_MS.length + 1;
const PROVIDER_TIMEOUT_MS = 60_000;
export interface Try {
  readonly order: Command;
  readonly attemptId: string;
  readonly tries: number;
}
/** What is noted of a message or change when the provider refused its `tries`th try for now. */
export const awaited = ({ id, attempt }: Command, tries: number, now: Date): Awaited => ({
  command: id,
  at: new Date(now.getTime() + (RETRY_DELAYS_MS[attempt - 1] ?? 0)),
  tries,
});
/** Counted over all commands that have brought it. */
export const triesOf = ({ payload, attempt }: Command, { awaits }: { readonly awaits?: Awaited | null }): number =>
  Math.max((payload.turnOf ?? 0) + attempt, (awaits?.tries ?? 0) + 1);
/** Who began so long ago is dead. */
export const STANDING_MS = PROVIDER_TIMEOUT_MS + 5000;

export const pausedReason = (open: OpenChannel | null): string =>
  open === null
    ? 'The channel account is disabled.'
    : `The channel account is paused: ${open.account.health.message ?? 'see Settings, Channels'}`;

/** What is not named may have happened before or after the provider took it. */
export const asConnectorError = (error: unknown): ConnectorError =>
  error instanceof ConnectorError
    ? error
    : new ConnectorError('unknown', `The channel failed: ${(error as Error).message}.`, { cause: error });

/** Throws ConnectorErrors alone. */
export async function answered<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ConnectorError('unknown', 'The provider did not answer in time.')),
      PROVIDER_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw asConnectorError(error);
  } finally {
    clearTimeout(timer);
  }
}
