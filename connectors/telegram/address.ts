import { ConnectorError } from '@switchboard/contract';

/** A chat, a topic of a group, a chat of a business account that the bot answers for. */
export interface Address {
  readonly chat_id: number;
  readonly message_thread_id?: number;
  readonly business_connection_id?: string;
}

/** As a thread's external id: `<chat>`, `<chat>/<topic>`, `<chat>@<business connection>`. */
export const threadIdOf = (address: Address): string => {
  const { chat_id, message_thread_id: topic, business_connection_id: business } = address;
  return `${chat_id}${topic === undefined ? '' : `/${topic}`}${business === undefined ? '' : `@${business}`}`;
};

export const addressOf = (threadId: string): Address => {
  const [, chat, topic, business] = /^(-?\d+)(?:\/(\d+))?(?:@(.+))?$/.exec(threadId) ?? [];
  if (chat === undefined) throw new ConnectorError('rejected', `${threadId.slice(0, 60)} is not a Telegram chat`);
  return {
    chat_id: Number(chat),
    ...(topic !== undefined && { message_thread_id: Number(topic) }),
    ...(business !== undefined && { business_connection_id: business }),
  };
};

/** Messages are numbered in each chat: their external id names it, and topics of one group share it. */
export const messageIdOf = ({ chat_id, business_connection_id }: Address, messageId: number): string =>
  `${threadIdOf({ chat_id, ...(business_connection_id !== undefined && { business_connection_id }) })}:${messageId}`;

export const messageNumberOf = (externalId: string): number => {
  const number = Number(/:(\d+)$/.exec(externalId)?.[1]);
  if (!Number.isInteger(number)) throw new ConnectorError('rejected', 'This is not the id of a Telegram message');
  return number;
};
