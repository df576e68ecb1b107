import { randomUUID } from 'node:crypto';
import type { Day, Random } from '@switchboard/connectors/simulator';
import type { OfferView, Passing, TicketView } from '@switchboard/contract';
import { demoPassword } from '../team.ts';
import { ConsoleLine, Refused } from './console-line.ts';
import { AT_HOME, dutyAt, type Duty, type Shift } from './roster.ts';
import { workOn } from './work-on.ts';

export interface Played {
  readonly url: string;
  readonly day: Day;
  readonly random: Random;
  readonly queueIds: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  tell(sentence: string, fields: object): void;
}

const declines = 0.06;
const misses = 0.05;

/** Somebody of the team who is played: comes, works on what is given, has breaks, goes. */
export class Colleague {
  private readonly line: ConsoleLine;
  /** What is this colleague's now and not resolved. */
  private readonly mine = new Map<string, TicketView>();
  private id = '';
  private ownQueueIds: readonly string[] = [];
  private duty: Duty = AT_HOME;
  /** Put there by the hub, after an offer that was let pass. */
  private isAway = false;

  constructor(
    private readonly email: string,
    private readonly shift: Shift,
    private readonly played: Played,
  ) {
    this.line = new ConsoleLine(played.url, played.signal, {
      ticket: ({ ticket }) => this.told(ticket),
      passing: (event) => this.hear(event),
    });
  }

  /** Until the signal ends it. A thing that fails is told, and life goes on. */
  async live(): Promise<void> {
    const { signal } = this.played;
    while (!signal.aborted) await this.tried(this.next());
    await this.line.close();
  }

  private async next(): Promise<void> {
    const { day, random } = this.played;
    const duty = dutyAt(this.shift, day.at(Date.now()).hour);
    if (duty !== this.duty) return this.take(duty);
    if (this.isAway) await this.comeBack();
    const waiting = duty.state === 'ready' ? this.oldest() : undefined;
    if (waiting === undefined) return this.line.wait(random.between(0.2, 0.6));
    this.mine.delete(waiting.id);
    await workOn({ ...this.played, line: this.line, pace: day.pace, ownQueueIds: this.ownQueueIds }, waiting);
  }

  private async take(duty: Duty): Promise<void> {
    const before = this.duty;
    this.duty = duty;
    if (before.state === 'offline') await this.come();
    if (duty.state === 'offline') return this.go();
    const { state, reasonId } = duty;
    await this.line.call('me.setState', { body: { state, reasonId } });
  }

  private async come(): Promise<void> {
    const me = await this.line.open(this.email, demoPassword);
    Object.assign(this, { id: me.id, ownQueueIds: me.queueIds, isAway: false });
    const { items } = await this.line.call('tickets.list', { query: { view: 'mine', limit: 100 } });
    for (const ticket of items) this.told(ticket);
  }

  /** What is done is closed, and who still waits is handed back to those who stay. */
  private async go(): Promise<void> {
    await this.line.call('me.setState', { body: { state: 'busy', reasonId: null } });
    const { items } = await this.line.call('tickets.list', { query: { view: 'mine', limit: 100 } });
    for (const { id, waitingSince } of items) {
      const params = { id };
      const note = { clientId: randomUUID(), text: 'My shift is over, and this customer still waits.' };
      if (waitingSince !== null) await this.line.call('tickets.note', { params, body: note });
      const body = waitingSince !== null ? { assigneeId: null } : { status: 'resolved' as const };
      await this.line.call('tickets.update', { params, body });
    }
    this.mine.clear();
    await this.line.call('me.setState', { body: { state: 'offline' } });
    await this.line.close();
  }

  private async comeBack(): Promise<void> {
    this.isAway = false;
    await this.line.wait(this.played.random.between(6, 15) * this.played.day.pace);
    await this.line.call('me.setState', { body: this.duty });
  }

  private told(ticket: TicketView): void {
    if (ticket.assignee?.id === this.id && ticket.waitingSince !== null && ticket.status !== 'resolved')
      this.mine.set(ticket.id, ticket);
    else this.mine.delete(ticket.id);
  }

  private hear(event: Passing): void {
    if (event.type === 'offer') void this.tried(this.answer(event.offer));
    if (event.type === 'agent-state' && event.agentId === this.id)
      this.isAway = this.duty.state === 'ready' && event.state === 'away';
  }

  private async answer({ id, leftMs }: OfferView): Promise<void> {
    const { random, day } = this.played;
    if (random.chance(misses)) return;
    await this.line.wait(Math.min(random.between(0.8, 4) * day.pace, leftMs / 2000));
    const operation = random.chance(declines) ? 'offers.decline' : 'offers.accept';
    await this.line.call(operation, { params: { id } });
  }

  private oldest(): TicketView | undefined {
    const since = ({ waitingSince }: TicketView) => waitingSince ?? '';
    return [...this.mine.values()].toSorted((one, other) => since(one).localeCompare(since(other)))[0];
  }

  private async tried(work: Promise<void>): Promise<void> {
    const { signal, tell } = this.played;
    try {
      await work;
    } catch (error) {
      // Somebody was faster: with the offer, or with the ticket.
      if (signal.aborted || (error instanceof Refused && (error.status === 409 || error.status === 404))) return;
      tell('A played colleague could not go on', { email: this.email, reason: (error as Error).message });
      await this.line.wait(2).catch(() => undefined);
    }
  }
}
