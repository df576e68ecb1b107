import type { Handle, Party } from '@switchboard/contract';
import { toE164 } from '../../../kit/phone.ts';
import { known } from '../../values.ts';
import type { Contact } from './payload.schema.ts';

const isNumber = (id: string | undefined): id is string => id !== undefined && /^\+?\d{5,20}$/.test(id);

export interface Person {
  /** Digits, as WhatsApp writes them. Who has a user name may not show one. */
  readonly phone?: string | undefined;
  /** The business-scoped user id: stays when the number changes. https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids */
  readonly userId?: string | undefined;
  readonly name?: string | undefined;
}

/** Whom two ids mean, with what the payload says of its contacts. */
export const personOf = (
  phone: string | undefined,
  userId: string | undefined,
  contacts: readonly Contact[] = [],
): Person => {
  const contact =
    contacts.find(({ user_id }) => user_id !== undefined && user_id === userId) ??
    contacts.find(({ wa_id }) => wa_id !== undefined && wa_id === phone) ??
    (contacts.length === 1 && phone === undefined ? contacts[0] : undefined);
  const numbers = [phone, contact?.wa_id];
  return {
    phone: numbers.find(isNumber),
    userId: userId ?? contact?.user_id ?? numbers.find((id) => id !== undefined && !isNumber(id)),
    name: contact?.profile?.name || (contact?.profile?.username && `@${contact.profile.username}`) || undefined,
  };
};

/** The thread is with the person: by the id that stays, where there is one. */
export const idOf = ({ userId, phone }: Person): string | undefined => userId ?? phone;

export const partyOf = (person: Person, id: string): Party => {
  const number = person.phone === undefined ? null : toE164(`+${person.phone.replace(/^\+/, '')}`);
  const handles: Handle[] = [
    ...(person.userId === undefined ? [] : [{ type: 'external' as const, value: person.userId }]),
    ...(number === null ? [] : [{ type: 'phone' as const, value: number }]),
  ];
  return { externalId: id, ...known({ displayName: person.name?.slice(0, 500) }), handles };
};
