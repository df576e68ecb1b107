import type { Grant } from '@switchboard/contract';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

/** A grant as it is stored: its tokens are read by the connector alone. */
export const keptGrant = (grant: Grant, secrets: SecretBox): NonNullable<ChannelAccount['grant']> => ({
  sealed: secrets.seal(JSON.stringify(grant)),
  holderId: grant.holder.id,
  holder: grant.holder.name,
  // What the provider renews for nobody simply ends.
  expiresAt: grant.expiresAt !== undefined && grant.refreshToken !== undefined ? new Date(grant.expiresAt) : null,
});
