import { send } from '@fastify/send';
import type { HubReply } from './hub-request.ts';

/** Answers with a file of a folder: types, ranges and conditional requests as browsers expect; 404 for anything else. */
export async function sendFile(
  reply: HubReply,
  folder: string,
  file: string,
  headers: Record<string, string>,
): Promise<HubReply> {
  const found = await send(reply.request.raw, file, {
    root: folder,
    cacheControl: false,
    index: false,
    dotfiles: 'deny',
  });
  if (found.type !== 'file') {
    reply.callNotFound();
    return reply;
  }
  return reply
    .status(found.statusCode)
    .headers({ ...found.headers, ...headers })
    .send(found.stream);
}
