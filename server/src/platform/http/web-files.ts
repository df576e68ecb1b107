import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { widgetFiles } from '@switchboard/connectors';
import type { HubReply, HubRequest } from './hub-request.ts';
import { sendFile } from './send-file.ts';

export interface WebFolders {
  readonly console: string;
  readonly widget: string;
}
/** The same from src/ and from dist/: both lie three folders above this one. */
export const builtFolders: WebFolders = {
  console: fileURLToPath(new URL('../../../../agent-console/dist/', import.meta.url)),
  widget: fileURLToPath(widgetFiles),
};

type Found =
  { kind: 'file'; folder: keyof WebFolders; file: string; headers: Record<string, string> } | { kind: 'none' };

/** Names in assets/ hold a hash of the content. */
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
const askAgain = { 'cache-control': 'no-cache' };
/** The widget is loaded by other people's pages. */
const forEveryone = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const ofTheServer = /^\/(api|webhooks|socket\.io|media|health|metrics)(\/|$)/;

/** Which built file answers an address; every page of the console is its index.html. */
export function webFileAt(path: string, acceptsPages: boolean): Found {
  if (ofTheServer.test(path)) return { kind: 'none' };
  // Pages that name no icon, such as the widget's, are asked for this one.
  if (path === '/favicon.ico') return { kind: 'file', folder: 'console', file: 'icon.svg', headers: askAgain };
  if (path === '/widget-test') return { kind: 'file', folder: 'widget', file: 'widget-test.html', headers: askAgain };
  if (/^\/widget[\w.-]*\.\w+$/.test(path))
    return { kind: 'file', folder: 'widget', file: path.slice(1), headers: { ...widgetCache(path), ...forEveryone } };
  if (/\.\w+$/.test(path))
    return {
      kind: 'file',
      folder: 'console',
      file: path.slice(1),
      headers: path.startsWith('/assets/') ? forEver : askAgain,
    };
  return acceptsPages ? { kind: 'file', folder: 'console', file: 'index.html', headers: askAgain } : { kind: 'none' };
}

/** Pages keep the loader for a short time; what it loads it names with a version. */
const widgetCache = (path: string) =>
  path === '/widget.js' ? { 'cache-control': 'public, max-age=300' } : { 'cache-control': 'public, max-age=86400' };

const unbuilt = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Switchboard</title>
  <p>The hub runs, but its console is not built yet. Run <code>npm run build</code>, then load this page again.</p>
</html>
`;

export async function sendWebFile(folders: WebFolders, request: HubRequest, reply: HubReply): Promise<HubReply> {
  const path = new URL(request.url, 'http://hub').pathname;
  const found = webFileAt(path, /text\/html|\*\/\*/.test(request.headers.accept ?? ''));
  if (found.kind === 'none') {
    reply.callNotFound();
    return reply;
  }
  const folder = folders[found.folder];
  if (found.file === 'index.html' && !existsSync(join(folder, found.file)))
    return reply.status(503).type('text/html').send(unbuilt);
  return sendFile(reply, folder, found.file, found.headers);
}
