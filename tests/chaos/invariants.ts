import type { EntryView, TicketView } from '@switchboard/contract';
import type { StoredEntry, StoredHeld, StoredMessage } from '../../server/src/modules/tickets/entry.schema.ts';
import { standingStates } from '../../server/src/modules/tickets/held/held-states.ts';
import type { Thread, Ticket } from '../../server/src/modules/tickets/index.ts';
import type { Scene } from './faults.ts';
import type { Story } from './people/story.ts';
import type { Visitor } from './people/visitor.ts';

/** All that the database holds in the end, by ticket. */
interface Truth {
  readonly tickets: readonly Ticket[];
  readonly entries: readonly StoredEntry[];
  readonly threads: readonly Thread[];
  readonly deadLetters: number;
}
type Check = (truth: Truth, scene: Scene, story: Story) => string[];

async function read({ centre: { database } }: Scene): Promise<Truth> {
  const all = <T>(name: string) => database.collection(name).find().toArray() as unknown as Promise<T[]>;
  const [tickets, entries, threads] = await Promise.all([
    all<Ticket>('tickets'),
    all<StoredEntry>('entries'),
    all<Thread>('threads'),
  ]);
  return { tickets, entries, threads, deadLetters: await database.collection('deadletters').countDocuments() };
}

const textOf = (message: { parts: readonly { type: string; text?: string }[] }): string =>
  message.parts
    .map((part) => (part.type === 'text' ? (part.text ?? '') : ''))
    .join('')
    .trim();
const messages = (truth: Truth, direction: 'in' | 'out') =>
  truth.entries.filter((entry): entry is StoredMessage => entry.type === 'message' && entry.direction === direction);
const counted = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

const acceptedOnce: Check = (truth, _scene, { said }) => {
  const stored = counted(messages(truth, 'in').map(textOf));
  const wrong = said.filter(({ text }) => stored.get(text) !== 1);
  const known = new Set(said.map(({ text }) => text));
  return [
    ...wrong.map(
      ({ channel, text }) => `${channel} "${text}" was accepted and is there ${stored.get(text) ?? 0} times`,
    ),
    ...[...stored.keys()].filter((text) => !known.has(text)).map((text) => `"${text}" is there and nobody said it`),
  ];
};

const inOrder: Check = ({ tickets, entries }) =>
  tickets.flatMap(({ _id, number, seq, inboundCount }) => {
    const own = entries.filter(({ ticketId }) => ticketId === _id);
    const seqs = own.map((entry) => entry.seq).sort((a, b) => a - b);
    const inbound = own.filter((entry) => entry.type === 'message' && entry.direction === 'in').length;
    return [
      ...(seqs.some((one, index) => one !== index + 1) ? [`ticket ${number} has gaps or doubles: ${seqs.join()}`] : []),
      ...(seqs.length !== seq ? [`ticket ${number} says seq ${seq} and has ${seqs.length} entries`] : []),
      ...(inbound !== inboundCount ? [`ticket ${number} counts ${inboundCount} messages and has ${inbound}`] : []),
    ];
  });

/** What each provider took of us, as often as it did. */
const takenBy = ({ centre: { phones, mail } }: Scene) => ({
  sms: (text: string) => phones.taken.filter((taken) => taken === text).length,
  email: (text: string) => mail.taken.filter((taken) => taken.includes(text)).length,
});

const sentAtMostOnce: Check = (truth, scene, { replied, held }) => {
  const out = new Map(messages(truth, 'out').map((message) => [message._id, message]));
  const known = new Set([...replied.map(({ entryId }) => entryId), ...releasedOf(truth, held).map(({ _id }) => _id)]);
  const strange = [...out.values()].filter(({ _id }) => !known.has(_id));
  return [
    ...strange.map((message) => `"${textOf(message)}" goes out and nobody wrote it, or it is there twice`),
    ...replied.flatMap(({ entryId, text }) => {
      const message = out.get(entryId);
      return message === undefined ? [`the reply "${text}" is lost`] : problemsOf(message, truth, scene);
    }),
  ];
};

/** Of several messages for one held reply the second is nobody's. */
const releasedOf = (truth: Truth, held: Story['held']): StoredMessage[] =>
  held.flatMap(({ text }) =>
    messages(truth, 'out')
      .filter((message) => textOf(message) === text)
      .slice(0, 1),
  );

const heldGoOnceOrComeBack: Check = (truth, scene, { held }) =>
  held.flatMap(({ text, outcome }) => {
    const stored = truth.entries.find((entry): entry is StoredHeld => entry.type === 'held' && textOf(entry) === text);
    const [message] = messages(truth, 'out').filter((one) => textOf(one) === text);
    if (stored === undefined) return outcome === 'asked' ? [] : [`the held reply "${text}" is lost`];
    const says = `the held reply "${text}" is ${stored.state}`;
    if (outcome === 'undone' && stored.state !== 'returned') return [`${says}, and was undone`];
    if (stored.state === 'returned') return message === undefined ? [] : [`${says}, and went out`];
    if (stored.state !== 'released' || message === undefined) return [`${says}, and has not gone out`];
    return problemsOf(message, truth, scene);
  });

function problemsOf(message: StoredMessage, truth: Truth, scene: Scene): string[] {
  const { channel } = message;
  const text = textOf(message);
  const times = channel === 'sms' || channel === 'email' ? takenBy(scene)[channel](text) : null;
  return stateProblems(message, times, truth).map((problem) => `${channel} reply "${text}" ${problem}`);
}

function stateProblems({ state, ticketId, reason }: StoredMessage, times: number | null, truth: Truth): string[] {
  const attention = truth.tickets.find(({ _id }) => _id === ticketId)?.needsAttention;
  if (state === 'pending') return ['is still pending'];
  if (times !== null && times > 1) return [`was sent ${times} times`];
  if (state === 'unknown' || state === 'failed') {
    const sent = state === 'failed' && (times ?? 0) > 0 ? ['failed, though the provider has it'] : [];
    return [...sent, ...(attention && reason ? [] : [`is ${state} and no agent is told`])];
  }
  return times === 0 ? [`is ${state}, and the provider does not have it`] : [];
}

/** Every snooze of a run is over before its end is waited for. */
const awake: Check = ({ tickets }) =>
  tickets.filter(({ status }) => status === 'snoozed').map(({ number }) => `ticket ${number} sleeps past its time`);

const nothingDead: Check = ({ deadLetters }) => (deadLetters > 0 ? [`${deadLetters} dead letters`] : []);

const noComplaints: Check = (_truth, { centre }, { grievances }) => [
  ...centre.hubs.flatMap(({ complaints }) => complaints),
  ...grievances,
];

const consolesRight: Check = (truth, { consoles }) =>
  consoles.flatMap((console, index) =>
    truth.tickets.flatMap((ticket) => {
      const who = `console ${index + 1}, ticket ${ticket.number}:`;
      const row = console.tickets.get(ticket._id);
      const shown = console.entries(ticket._id);
      const stored = truth.entries.filter((entry) => entry.ticketId === ticket._id && isShown(entry));
      return [
        ...(row === undefined ? [`${who} not listed`] : differing(who, rowOf(row), rowOf(asRow(ticket)))),
        ...(shown === undefined
          ? [`${who} not open`]
          : differing(who, linesOf(shown.filter(isShown)), linesOf(stored.map(asView).sort((a, b) => a.seq - b.seq)))),
      ];
    }),
  );

/** A held reply that has gone out, or was dropped, is shown by who saw it stand, and to nobody else. */
const isShown = (entry: { type: string; state?: unknown }): boolean =>
  entry.type === 'held' ? standingStates.some((state) => state === entry.state) : entry.type !== 'change';

type Row = Pick<TicketView, 'seq' | 'status' | 'tags' | 'needsAttention' | 'inboundCount'> & {
  assignee: string | null;
};
const rowOf = (row: Omit<Row, 'assignee'> & { assignee: { id: string } | string | null }): string => {
  const { seq, status, tags, needsAttention, inboundCount, assignee } = row;
  const who = typeof assignee === 'string' ? assignee : (assignee?.id ?? null);
  return JSON.stringify({ seq, status, tags, needsAttention, inboundCount, who });
};
const asRow = (ticket: Ticket): Row => ({ ...ticket, assignee: ticket.assigneeId });

type Line = Pick<EntryView, 'seq' | 'type'> & { id: string; state?: string; parts?: StoredMessage['parts'] };
const asView = (entry: StoredEntry): Line => ({ ...(entry as StoredMessage), id: entry._id });
const linesOf = (lines: readonly Line[]): string =>
  lines.map((line) => `${line.seq} ${line.type} ${line.id.slice(-6)} ${line.state ?? ''} ${textIn(line)}`).join('\n');
const textIn = ({ parts }: Line): string => (parts === undefined ? '' : textOf({ parts: parts as never }));

const differing = (who: string, shown: string, stored: string): string[] =>
  shown === stored ? [] : [`${who} shows\n${shown}\nand the database has\n${stored}`];

const visitorStates: Partial<Record<StoredMessage['state'], string>> = {
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

const visitorsRight: Check = (truth, { visitors, centre }) =>
  visitors.flatMap((visitor, index) => {
    const thread = truth.threads.find(
      ({ channelAccountId, externalId }) =>
        channelAccountId === centre.accounts.chat && externalId === visitor.visitorId,
    );
    const own = [...messages(truth, 'in'), ...messages(truth, 'out')].filter(
      ({ threadId }) => threadId === thread?._id,
    );
    return differing(`visitor ${index + 1}`, seenBy(visitor), own.map(forVisitor).sort().join('\n'));
  });

const seenBy = ({ entries }: Visitor): string =>
  entries
    .map(
      ({ id, from, state, parts }) =>
        `${id} ${from} ${textOf({ parts: parts as never })} ${from === 'agent' ? state : ''}`,
    )
    .sort()
    .join('\n');
const forVisitor = (message: StoredMessage): string => {
  const from = message.direction === 'in' ? 'visitor' : 'agent';
  return `${message._id} ${from} ${textOf(message)} ${from === 'agent' ? (visitorStates[message.state] ?? 'sent') : ''}`;
};

const checks: readonly Check[] = [
  acceptedOnce,
  inOrder,
  sentAtMostOnce,
  heldGoOnceOrComeBack,
  awake,
  nothingDead,
  noComplaints,
  consolesRight,
  visitorsRight,
];

/** What does not hold now; some of it may only not hold yet. */
export async function violations(scene: Scene, story: Story): Promise<string[]> {
  const truth = await read(scene);
  return checks.flatMap((check) => check(truth, scene, story));
}
