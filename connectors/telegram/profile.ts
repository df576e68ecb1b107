import type { Profile } from '@switchboard/contract';
import { z } from 'zod';
import type { TelegramApi } from './deliver/api.ts';

const Chat = z.object({ photo: z.object({ big_file_id: z.string() }).optional() });

/** The picture of a person: a file like any other. Their name comes with what they write. */
export const profileOf = async (api: TelegramApi, userId: string): Promise<Profile | null> => {
  const chat = Chat.safeParse(await api.call('getChat', { chat_id: Number(userId) }, 'read'));
  const picture = chat.success ? chat.data.photo?.big_file_id : undefined;
  return picture === undefined ? null : { picture };
};
