import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../../connectors/simulator/random.ts';
import type { Console } from './console.ts';
import type { Desk } from './desk.ts';
import type { Held, Story } from './story.ts';

/** Further away than the clocks of two hubs are from each other, or a snooze would be in the past for one of them. */
const SNOOZE_MS = 6_000;

/** Answers what it sees, and now and then tags a ticket, notes something or puts it to sleep. */
export class Agent {
  #replies = 0;

  constructor(
    readonly name: string,
    private readonly desk: Desk,
    private readonly console: Console,
    private readonly story: Story,
    private readonly random: Random,
  ) {}

  /** Until `end`; what is begun by then is brought to its end. */
  async work(end: number): Promise<void> {
    while (Date.now() < end) {
      await delay(this.random.between(150, 900));
      const awake = [...this.console.tickets.values()].filter(({ status }) => status !== 'snoozed');
      if (awake.length > 0) await this.#act(this.random.pick(awake).id);
    }
  }

  #act(ticketId: string): Promise<void> {
    const chance = this.random.next();
    if (chance < 0.4) return this.#reply(ticketId);
    if (chance < 0.6) return this.#hold(ticketId);
    if (chance < 0.7) return this.#note(ticketId);
    return chance < 0.85 ? this.#tag(ticketId) : this.#snooze(ticketId);
  }

  async #reply(ticketId: string): Promise<void> {
    const detail = await this.desk.ask('tickets.read', { params: { id: ticketId } });
    const target = detail?.targets[0];
    if (target === undefined) return;
    this.#replies += 1;
    const text = `answer ${this.#replies} of ${this.name}`;
    const parts = [{ type: 'text' as const, text }];
    const body = { clientId: randomUUID(), threadId: target.threadId, parts };
    const entry = await this.desk.ask('tickets.reply', { params: { id: ticketId }, body });
    if (entry !== null) this.story.replied.push({ channel: target.channel, ticketId, entryId: entry.id, text });
  }

  /** A reply that goes out by itself, soon or at its time; some are taken back. */
  async #hold(ticketId: string): Promise<void> {
    const detail = await this.desk.ask('tickets.read', { params: { id: ticketId } });
    const target = detail?.targets[0];
    if (target === undefined) return;
    this.#replies += 1;
    const text = `answer ${this.#replies} of ${this.name}`;
    const held: Held = { channel: target.channel, ticketId, text, outcome: 'asked' };
    this.story.held.push(held);
    const body = {
      clientId: randomUUID(),
      threadId: target.threadId,
      parts: [{ type: 'text' as const, text }],
      hold: this.random.chance(0.5)
        ? { kind: 'undo' as const, seconds: this.random.int(2, 5) }
        : { kind: 'later' as const, until: this.#soon(), unlessCustomerWrites: this.random.chance(0.5) },
    };
    const entry = await this.desk.ask('held.create', { params: { id: ticketId }, body });
    if (entry === null) return;
    held.outcome = 'taken';
    if (this.random.chance(0.7)) return;
    const back = await this.desk.ask('held.return', { params: { id: ticketId, entryId: entry.id } });
    if (back !== null) held.outcome = 'undone';
  }

  #soon(): string {
    return new Date(Date.now() + SNOOZE_MS).toISOString();
  }

  async #note(ticketId: string): Promise<void> {
    const body = { clientId: randomUUID(), text: `a note of ${this.name}` };
    await this.desk.ask('tickets.note', { params: { id: ticketId }, body });
  }

  async #tag(ticketId: string): Promise<void> {
    const body = { addTags: [`tag ${this.random.int(1, 9)}`] };
    await this.desk.ask('tickets.update', { params: { id: ticketId }, body });
  }

  async #snooze(ticketId: string): Promise<void> {
    const snoozedUntil = this.#soon();
    const body = { status: 'snoozed' as const, snoozedUntil };
    await this.desk.ask('tickets.update', { params: { id: ticketId }, body });
  }
}
