import { ConnectorError } from '@switchboard/contract';
import type { Receipt } from '@switchboard/contract';

type Ids = Pick<Receipt, 'externalId' | 'furtherExternalIds'>;

/** One after the other; gives the ids of all that it became. Sent again as a whole, what went out would go out twice. */
export const sendAll = async <T>(
  contents: readonly T[],
  send: (content: T) => Promise<string | readonly string[]>,
): Promise<Ids> => {
  const ids: string[] = [];
  for (const content of contents) {
    const sent = await send(content).catch((error: unknown) => {
      if (ids.length === 0 || !(error instanceof ConnectorError)) throw error;
      throw new ConnectorError('unknown', `Only a part of it was sent. ${error.message}.`, { cause: error });
    });
    ids.push(...[sent].flat());
  }
  const [externalId, ...furtherExternalIds] = ids;
  if (externalId === undefined)
    throw new ConnectorError('unsupported', 'There is nothing in it that the channel can carry');
  return { externalId, ...(furtherExternalIds.length > 0 && { furtherExternalIds }) };
};
