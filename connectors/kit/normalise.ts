import { ConnectorError } from '@switchboard/contract';
import type { Channel, Connector, NormalisedEvent, RawRequest, VerifiedRequest } from '@switchboard/contract';
import { ForeignPayload } from './foreign-payload.ts';
import { offlineContext } from './offline-context.ts';
import { readHttpText, rawRequestOf } from './raw-request.ts';
import type { RequestShape } from './raw-request.ts';
import { vouch } from './vouch.ts';

/** By id, or by how several begin: `meta` is all that are Meta's, and the payload tells which of them it is for. */
export const findConnectors = (connectors: readonly Connector[], name: string): Connector[] => {
  const exact = connectors.filter(({ id }) => id === name);
  return exact.length > 0 ? exact : connectors.filter(({ id }) => name !== '' && id.startsWith(name));
};

export interface Normaliser {
  /** `fileName` ending in `.http`: the payload is a whole request, else a body. */
  normalise(payload: Buffer, fileName?: string): Promise<NormalisedEvent[]>;
  close(): Promise<void>;
}

/** Of several channels the one whose payload it is. */
const parseByOne = async (channels: readonly Channel[], request: VerifiedRequest): Promise<NormalisedEvent[]> => {
  const refusals: unknown[] = [];
  for (const channel of channels) {
    try {
      return await channel.parse(request);
    } catch (error) {
      refusals.push(error);
    }
  }
  // Who knows it for its own and can't read it says more than who does not know it.
  throw refusals.find((error) => !(error instanceof ForeignPayload)) ?? refusals[0];
};

/**
 * Runs `parse` on raw payloads with no server, database or network. Every request counts as verified. Of several connectors
 * the first that understands a payload reads it.
 */
export const openNormaliser = (
  connectors: readonly Connector[],
  shape: Omit<RequestShape, 'webhookUrl'>,
): Normaliser => {
  const context = offlineContext({ now: () => shape.receivedAt });
  const channels = connectors.map(({ desk, exampleSettings, open }) =>
    open(exampleSettings, { ...context, desks: desk ? [desk.example] : [] }),
  );
  const whole: RequestShape = { ...shape, webhookUrl: context.webhookUrl };
  const read = (payload: Buffer, fileName: string): RawRequest =>
    fileName.endsWith('.http') ? readHttpText(payload, whole) : rawRequestOf(payload, whole);
  return {
    normalise: async (payload, fileName = '') => parseByOne(channels, vouch(read(payload, fileName))),
    close: async () => void (await Promise.all(channels.map((channel) => channel.close?.()))),
  };
};

/** One line for people. What is not a ConnectorError is a mistake in the connector, and says so. */
export const problemOf = (error: unknown): string => {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  return error instanceof ConnectorError ? `${error.code}: ${message}` : `unexpected: ${message}`;
};
