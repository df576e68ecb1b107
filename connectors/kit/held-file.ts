import { ConnectorError } from '@switchboard/contract';
import type { MediaRef } from '@switchboard/contract';

/** The id under which the hub holds a file that is to be sent. */
export const heldFileId = ({ mediaId }: MediaRef): string => {
  if (mediaId === undefined) throw new ConnectorError('rejected', 'The hub does not hold this attachment');
  return mediaId;
};
