import { Id, LegRole } from '@switchboard/contract';

/** Twilio takes letters, digits and underscores in an identity. https://www.twilio.com/docs/voice/client/errors#identity */
export const identityOf = (agentId: string): string => agentId.replaceAll('-', '_');

/** Whose browser it is: `client:` and the identity that our token gave it, which Twilio vouches for. Null: nobody of ours. */
export const agentOf = (address: string | undefined): string | null => {
  if (!address?.startsWith('client:')) return null;
  return Id.safeParse(address.slice('client:'.length).replaceAll('_', '-')).data ?? null;
};

export interface LegName {
  readonly role: LegRole;
  readonly agentId?: string;
  readonly number?: string;
}

/** A participant's label: who takes part and how. No two of a room may be the same, so something of the leg's own is at its end. */
export const labelOf = ({ role, agentId, number }: LegName, own: string): string =>
  [role, agentId ?? number?.replace('+', '') ?? '', own.slice(-12)].join('.');

/** Null for a label that is not ours. */
export const readLabel = (label: string | undefined): LegName | null => {
  const [first, who = ''] = (label ?? '').split('.');
  const { data: role } = LegRole.safeParse(first);
  if (role === undefined) return null;
  const agentId = Id.safeParse(who).data;
  const number = role === 'number' && /^\d{3,20}$/.test(who) ? `+${who}` : undefined;
  return { role, ...(agentId && { agentId }), ...(number && { number }) };
};
