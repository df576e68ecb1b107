import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

interface StoredMail {
  readonly at: Date;
  readonly uid: number;
  readonly raw: Buffer;
}

interface Mailbox {
  validity: number;
  mails: StoredMail[];
  /** UIDs whose FETCH the server refuses. */
  readonly broken: Set<number>;
}

/** 28-Nov-2026 10:00:00 +0000 */
const imapDate = (at: Date): string =>
  at.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1-$2-$3 $4 +0000');

type Answer = (text: string) => void;
interface Client {
  readonly socket: Socket;
  idleTag: string | null;
}

const password = 'right';
const capabilities = 'IMAP4rev1 IDLE UIDPLUS ID';

const uidsOf = (set: string, mails: readonly StoredMail[]): StoredMail[] => {
  const last = mails.at(-1)?.uid ?? 0;
  const number = (text: string) => (text === '*' ? last : Number(text));
  return mails.filter(({ uid }) =>
    set.split(',').some((range) => {
      const [from = '0', to = from] = range.split(':');
      const [low, high] = [number(from), number(to)].sort((a, b) => a - b);
      return uid >= (low ?? 0) && uid <= (high ?? 0);
    }),
  );
};

const commands: Readonly<Record<string, (mailbox: Mailbox, words: string[], send: Answer, socket: Socket) => string>> =
  {
    CAPABILITY: (_mailbox, _words, send) => {
      send(`* CAPABILITY ${capabilities}`);
      return 'OK';
    },
    ID: () => 'OK',
    NOOP: () => 'OK',
    LOGIN: (_mailbox, words) =>
      words.at(-1)?.replaceAll('"', '') === password
        ? `OK [CAPABILITY ${capabilities}] in`
        : 'NO [AUTHENTICATIONFAILED] no',
    LIST: (_mailbox, _words, send) => {
      send('* LIST (\\HasNoChildren) "/" INBOX');
      return 'OK';
    },
    LSUB: () => 'OK',
    EXAMINE: ({ mails, validity }, _words, send) => {
      send('* FLAGS (\\Seen)');
      send(`* ${mails.length} EXISTS`);
      send('* 0 RECENT');
      send(`* OK [UIDVALIDITY ${validity}] ok`);
      send(`* OK [UIDNEXT ${(mails.at(-1)?.uid ?? 0) + 1}] ok`);
      return 'OK [READ-ONLY] opened';
    },
    LOGOUT: (_mailbox, _words, send) => {
      send('* BYE bye');
      return 'OK';
    },
    'UID SEARCH': ({ mails }, words, send) => {
      const at = words.indexOf('UID');
      const found = at >= 0 ? uidsOf(words[at + 1] ?? '', mails) : mails;
      send(`* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}`);
      return 'OK';
    },
    'UID FETCH': ({ mails, broken }, words, _send, socket) => {
      const wanted = uidsOf(words[0] ?? '', mails);
      if (wanted.some(({ uid }) => broken.has(uid))) return 'NO [SERVERBUG] cannot read it';
      for (const { uid, raw, at } of wanted) {
        const number = mails.findIndex((mail) => mail.uid === uid) + 1;
        if (words.some((word) => word.includes('INTERNALDATE'))) {
          socket.write(`* ${number} FETCH (UID ${uid} INTERNALDATE "${imapDate(at)}")\r\n`);
          continue;
        }
        socket.write(`* ${number} FETCH (UID ${uid} BODY[] {${raw.length}}\r\n`);
        socket.write(raw);
        socket.write(')\r\n');
      }
      return 'OK';
    },
  };

const handle = (mailbox: Mailbox, client: Client, line: string) => {
  const send: Answer = (text) => client.socket.write(`${text}\r\n`);
  if (client.idleTag && /^DONE$/i.test(line)) {
    send(`${client.idleTag} OK idled`);
    client.idleTag = null;
    return;
  }
  const [tag = '', ...rest] = line.split(' ');
  const verb = rest.shift()?.toUpperCase() ?? '';
  if (verb === 'IDLE') {
    client.idleTag = tag;
    return send('+ idling');
  }
  const name = verb === 'UID' ? `UID ${rest.shift()?.toUpperCase() ?? ''}` : verb;
  const answer = commands[name]?.(mailbox, rest, send, client.socket) ?? 'BAD unknown';
  send(`${tag} ${answer.includes(' ') ? answer : `${answer} done`}`);
  if (verb === 'LOGOUT') client.socket.end();
};

/** As much of an IMAP server (RFC 3501 with IDLE) as a client needs that reads one mailbox; user 'us', password 'right'. */
export const startImapServer = async (tls?: { key: string; cert: string }) => {
  const mailbox: Mailbox = { validity: 1, mails: [], broken: new Set() };
  const clients = new Set<Client>();
  const welcome = (socket: Socket) => {
    const client: Client = { socket, idleTag: null };
    let rest = '';
    clients.add(client);
    socket.on('error', () => undefined);
    socket.on('close', () => clients.delete(client));
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) handle(mailbox, client, line);
    });
    socket.write(`* OK [CAPABILITY ${capabilities}] ready\r\n`);
  };
  const server = tls === undefined ? createServer(welcome) : createTlsServer(tls, welcome);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    mailbox,
    deliver: (raw: string, at = new Date()) => {
      mailbox.mails.push({ at, uid: (mailbox.mails.at(-1)?.uid ?? 0) + 1, raw: Buffer.from(raw) });
      for (const { socket, idleTag } of clients) if (idleTag) socket.write(`* ${mailbox.mails.length} EXISTS\r\n`);
    },
    idlers: () => [...clients].filter(({ idleTag }) => idleTag !== null).length,
    hangUp: () => clients.forEach(({ socket }) => socket.destroy()),
    stop: async () => {
      clients.forEach(({ socket }) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
};
