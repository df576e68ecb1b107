import { ConnectorError } from '@switchboard/contract';
import type { Connector, NormalisedEvent, RawRequest } from '@switchboard/contract';
import { offlineContext } from './offline-context.ts';
import { readHttpText, rawRequestOf } from './raw-request.ts';
import type { RequestShape } from './raw-request.ts';
import { vouch } from './vouch.ts';

/** By id, or by the start of one id alone: `twilio` while there is only `twilio-sms`. */
export const findConnector = (connectors: readonly Connector[], name: string): Connector | undefined => {
  const begun = connectors.filter(({ id }) => name !== '' && id.startsWith(name));
  return connectors.find(({ id }) => id === name) ?? (begun.length === 1 ? begun[0] : undefined);
};

export interface Normaliser {
  /** `fileName` ending in `.http`: the payload is a whole request, else a body. */
  normalise(payload: Buffer, fileName?: string): Promise<NormalisedEvent[]>;
  close(): Promise<void>;
}

/** Runs a connector's `parse` on raw payloads with no server, database or network. Every request counts as verified. */
export const openNormaliser = (connector: Connector, shape: Omit<RequestShape, 'webhookUrl'>): Normaliser => {
  const context = offlineContext({ now: () => shape.receivedAt });
  const channel = connector.open(connector.exampleSettings, context);
  const whole: RequestShape = { ...shape, webhookUrl: context.webhookUrl };
  const read = (payload: Buffer, fileName: string): RawRequest =>
    fileName.endsWith('.http') ? readHttpText(payload, whole) : rawRequestOf(payload, whole);
  return {
    normalise: async (payload, fileName = '') => channel.parse(vouch(read(payload, fileName))),
    close: async () => channel.close?.(),
  };
};

/** One line for people. What is not a ConnectorError is a mistake in the connector, and says so. */
export const problemOf = (error: unknown): string => {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  return error instanceof ConnectorError ? `${error.code}: ${message}` : `unexpected: ${message}`;
};
