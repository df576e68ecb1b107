import type { RawRequest, VisitorFrame, VisitorHello } from '@switchboard/contract';
import { people, type Person } from './cast/people.ts';
import { afterthoughts, farewell, stories } from './cast/stories.ts';
import { fits, telling, type PastMedium, type Story } from './cast/story.ts';
import { identityOf, pageOf } from './chat/visitor.ts';
import { fileOf } from './files.ts';
import { writeMail, type Answered } from './mail/write-mail.ts';
import { startTimes, type Ending } from './past-times.ts';
import type { Random } from './random.ts';
import { shop } from './shop.ts';
import { signedPost, textForm } from './sms/write-sms.ts';

/** What came to one of the hub's doors, as it came. */
export type Arrival =
  | { readonly door: 'webhook'; readonly request: RawRequest }
  | { readonly door: 'listener'; readonly request: RawRequest }
  | {
      readonly door: 'visitor';
      readonly hello: Omit<VisitorHello, 'account'>;
      readonly origin: string;
      readonly request: RawRequest;
    };

export type PastStep = { readonly at: Date } & (
  | { readonly type: 'arrives'; arrival(): Promise<Arrival> }
  | { readonly type: 'taken'; readonly queue: string; readonly tags: readonly string[] }
  | {
      readonly type: 'replied';
      readonly text: string;
      readonly externalId: string | undefined;
      readonly state: 'sent' | 'delivered' | 'read';
      readonly stateAt: Date;
    }
  | { readonly type: 'noted'; readonly text: string }
  | { readonly type: 'ended'; readonly as: 'resolved' | 'pending' | 'snoozed' }
);

export interface PastConversation {
  readonly key: PastMedium;
  /** One and the same name for one and the same person. */
  readonly customer: string;
  /** Which of those who work in its queue looks after it. */
  readonly member: number;
  readonly steps: readonly PastStep[];
}

const minute = 60_000;
/** Minutes until agents and customers answer. */
const pace: Readonly<Record<PastMedium, { agent: readonly [number, number]; customer: readonly [number, number] }>> = {
  chat: { agent: [0.4, 7], customer: [0.4, 4] },
  sms: { agent: [2, 28], customer: [1, 35] },
  mail: { agent: [8, 110], customer: [15, 240] },
};
/** How far the hub hears of its messages. */
const lastState = { chat: 'read', sms: 'delivered', mail: 'sent' } as const;
const media: readonly PastMedium[] = ['chat', 'chat', 'mail', 'mail', 'sms'];

interface Scene {
  readonly medium: PastMedium;
  readonly person: Person;
  readonly story: Story;
  readonly webhookUrl: string;
  readonly random: Random;
}
interface Said {
  readonly text: string;
  readonly at: Date;
  readonly id: string;
}

const mailId = (random: Random, domain: string) => `${random.uuid()}@${domain}`;
const replyId = ({ medium, random }: Scene): string | undefined => {
  if (medium === 'sms') return `SM${random.hex(32)}`;
  return medium === 'mail' ? mailId(random, 'fieldandfern.example') : undefined;
};

const arrivals: Readonly<Record<PastMedium, (scene: Scene, said: Said, before: readonly Said[]) => Promise<Arrival>>> =
  {
    async chat({ person, story }, { text, at, id }) {
      const frame: VisitorFrame = { type: 'message', id, parts: [{ type: 'text', text }], at: at.toISOString() };
      const headers = { 'content-type': 'application/json' };
      const rawBody = Buffer.from(JSON.stringify(frame));
      const request = { method: 'POST', url: 'visitor:', hook: '', headers, rawBody, receivedAt: at };
      const hello = { identity: identityOf(person), page: pageOf(story.subject) };
      return { door: 'visitor', hello, origin: shop.website, request };
    },
    async sms({ person, webhookUrl }, { text, at, id }) {
      const form = textForm({ sid: `SM${id.replaceAll('-', '')}`, from: person.phone, text });
      return { door: 'webhook', request: signedPost(webhookUrl, '', form, at) };
    },
    async mail({ person, story, random }, { text, at, id }, before) {
      const last = before.at(-1);
      const answers: Answered | undefined = last && {
        messageId: last.id,
        references: before.slice(0, -1).map((said) => said.id),
        at: last.at,
        text: last.text,
      };
      const { subject } = story;
      const file = before.length === 0 ? fileOf(story, random) : undefined;
      const raw = await writeMail({ from: person, to: shop.mailbox, subject, text, messageId: id, at, answers, file });
      const envelope = `Return-Path: <${person.email}>\r\nDelivered-To: ${shop.mailbox}\r\n`;
      const rawBody = Buffer.concat([Buffer.from(envelope), raw]);
      const url = `smtp:${shop.mailbox}`;
      return { door: 'listener', request: { method: 'SMTP', url, hook: '', headers: {}, rawBody, receivedAt: at } };
    },
  };

/** One in ten waits several times as long: that is how targets are missed. */
const waited = (random: Random, [from, to]: readonly [number, number]): number =>
  random.between(from, to) * (random.chance(0.1) ? random.between(3, 7) : 1) * minute;

/** How many turns there were before it was left as it is now. */
const turnsOf = (story: Story, ending: Ending): readonly string[] => {
  if (ending === 'resolved') return story.turns;
  if (ending === 'new') return story.turns.slice(0, 1);
  return story.turns.slice(0, ending === 'waiting' ? 3 : 2);
};

/** Writes down who said what when, in the order of their time. */
class Script {
  readonly steps: PastStep[] = [];
  readonly #before: Said[] = [];

  constructor(
    readonly scene: Scene,
    private at: Date,
  ) {}

  get now(): Date {
    return this.at;
  }

  wait([from, to]: readonly [number, number]): void {
    this.at = new Date(this.at.getTime() + waited(this.scene.random, [from, to]));
  }

  customerSays(text: string): void {
    const { scene, at } = this;
    const { medium, random } = scene;
    const said = { text, at, id: medium === 'mail' ? mailId(random, 'mail.example') : random.uuid() };
    const earlier = [...this.#before];
    this.steps.push({ at, type: 'arrives', arrival: () => arrivals[medium](scene, said, earlier) });
    this.#before.push(said);
  }

  isTaken(at: Date): void {
    const { queue, tags } = this.scene.story;
    this.steps.push({ at, type: 'taken', queue, tags });
  }

  agentSays(text: string): void {
    const { at, scene } = this;
    const externalId = replyId(scene);
    const stateAt = new Date(at.getTime() + scene.random.between(2, 25) * 1000);
    this.steps.push({ at, type: 'replied', text, externalId, state: lastState[scene.medium], stateAt });
    this.#before.push({ text, at, id: externalId ?? '' });
  }

  ends(as: 'resolved' | 'pending' | 'snoozed'): void {
    this.wait([1, 12]);
    this.steps.push({ at: this.at, type: 'ended', as });
  }
}

const stepsOf = (scene: Scene, startedAt: Date, ending: Ending, now: Date): PastStep[] => {
  const { medium, story, random } = scene;
  const script = new Script(scene, startedAt);
  if (ending === 'resolved' && medium === 'chat' && random.chance(leaves)) return stepsOfWhoLeaves(script);
  for (const [index, text] of turnsOf(story, ending).entries()) {
    const fromCustomer = index % 2 === 0;
    if (index > 0) script.wait(pace[medium][fromCustomer ? 'customer' : 'agent']);
    if (fromCustomer) {
      script.customerSays(text);
      continue;
    }
    if (index === 1) {
      const at = script.now.getTime();
      script.isTaken(new Date(at - (at - startedAt.getTime()) * random.between(0.1, 0.5)));
      if (story.note) script.steps.push({ at: new Date(at - 1), type: 'noted', text: story.note });
    }
    script.agentSays(text);
  }
  if (ending !== 'new' && ending !== 'waiting') script.ends(ending);
  if (ending === 'resolved' && random.chance(comesAgain)) comeAgain(script, now);
  return script.steps.filter((step) => step.at < now);
};

/** Of chats and of all that were settled. */
const leaves = 0.12;
const comesAgain = 0.12;

const stepsOfWhoLeaves = (script: Script): PastStep[] => {
  script.customerSays(script.scene.story.turns[0] ?? '');
  script.wait([2, 6]);
  script.customerSays(farewell);
  script.wait([0.5, 3]);
  script.isTaken(script.now);
  script.ends('resolved');
  return script.steps;
};

/** With another question, while the ticket can be reopened; not where the answer would lie in the future. */
const comeAgain = (script: Script, now: Date): void => {
  const { medium, random } = script.scene;
  const [said, answer] = random.pick(afterthoughts);
  const before = script.steps.length;
  script.wait([20, 300]);
  script.customerSays(said);
  script.wait(pace[medium].agent);
  script.agentSays(answer);
  script.ends('resolved');
  if (script.now >= now) script.steps.length = before;
};

/** A thread that goes on within this time is the old ticket again; only mails begin a thread of their own. */
const apartMs = 5 * 24 * 60 * minute;

/** What the shop's customers wrote in the last four weeks, as it came in, and what was answered. */
export const pastConversations = (
  count: number,
  { now, random, webhookUrlOf }: { now: Date; random: Random; webhookUrlOf: (key: string) => string },
): PastConversation[] => {
  const lastAt = new Map<string, number>();
  return startTimes(count, now, random).map(({ at, ending }) => {
    const key = random.pick(media);
    const free = people.filter(({ email }) => at.getTime() - (lastAt.get(key + email) ?? 0) > apartMs);
    const person = random.pick(key === 'mail' ? people : free);
    lastAt.set(key + person.email, at.getTime());
    // Pictures of phones and chats are long gone from where they were; those of mails are in the mail.
    const fitting = stories.filter((one) => fits(one, key, person) && (one.file === undefined || key === 'mail'));
    const story = telling(random.pick(fitting), person, random);
    const scene: Scene = { medium: key, person, story, webhookUrl: webhookUrlOf(key), random };
    const steps = stepsOf(scene, at, ending, now);
    return { key, customer: person.email, member: random.int(0, 99), steps };
  });
};
