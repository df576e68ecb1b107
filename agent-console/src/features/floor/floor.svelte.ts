import type { Floor, FloorAgent, FloorChange, FloorQueue, FloorTicket } from '@switchboard/contract';
import { live } from '../../live/socket.svelte.ts';
import type { OpenedFigure } from '../metrics/figures.ts';

type Phase = 'waiting' | 'shown' | 'failed' | 'forbidden';
const AGAIN_MS = 2_000;
/** Nothing heard for so long, not even that nothing changed: what is shown is old. */
const OLD_MS = 6_000;

interface Row {
  readonly id: string;
}
function changed<R extends Row>(rows: ReadonlyMap<string, R>, news: readonly R[], gone: readonly string[]) {
  if (news.length === 0 && !gone.some((id) => rows.has(id))) return rows;
  const next = new Map(rows);
  for (const id of gone) next.delete(id);
  for (const row of news) next.set(row.id, row);
  return next;
}

/** The floor as the server shows it, kept by its changes while it is on screen. */
class FloorState {
  #phase = $state<Phase>('waiting');
  #queues = $state.raw<ReadonlyMap<string, FloorQueue>>(new Map());
  #agents = $state.raw<ReadonlyMap<string, FloorAgent>>(new Map());
  #tickets = $state.raw<ReadonlyMap<string, FloorTicket>>(new Map());
  #asOf = $state(0);
  #since = $state.raw<Floor['since']>({ now: '', today: '' });
  #opened = $state.raw<OpenedFigure | null>(null);
  #heardAt = $state(0);
  #seq = 0;
  /** Changes that came while the whole was asked for. */
  #early: FloorChange[] | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;

  readonly #byAgent = $derived.by(() => {
    const byAgent = new Map<string, FloorTicket[]>();
    for (const ticket of this.#tickets.values()) {
      if (ticket.assigneeId === null) continue;
      const theirs = byAgent.get(ticket.assigneeId) ?? [];
      theirs.push(ticket);
      byAgent.set(ticket.assigneeId, theirs);
    }
    for (const theirs of byAgent.values()) theirs.sort(byWait);
    return byAgent;
  });

  get phase(): Phase {
    return this.#phase;
  }
  get queues(): FloorQueue[] {
    return [...this.#queues.values()];
  }
  get agents(): FloorAgent[] {
    return [...this.#agents.values()];
  }
  queue(id: string): FloorQueue | undefined {
    return this.#queues.get(id);
  }
  agent(id: string): FloorAgent | undefined {
    return this.#agents.get(id);
  }
  ticket(id: string): FloorTicket | undefined {
    return this.#tickets.get(id);
  }
  /** The longest wait first. */
  ticketsOf(agentId: string): readonly FloorTicket[] {
    return this.#byAgent.get(agentId) ?? [];
  }
  /** Epoch ms by the server's clock. */
  get asOf(): number {
    return this.#asOf;
  }
  /** From when the figures are. */
  get since(): Floor['since'] {
    return this.#since;
  }
  /** The figure that is looked into. */
  get opened(): OpenedFigure | null {
    return this.#opened;
  }
  open(figure: OpenedFigure | null): void {
    this.#opened = figure;
  }
  /** `now`: epoch ms of this computer. */
  isOld(now: number): boolean {
    return live.state !== 'live' || now - this.#heardAt > OLD_MS;
  }

  /** For `$effect`. */
  start(): () => void {
    const stops = [
      live.on('floor', (change) => this.#hear(change)),
      live.on('connected', () => void this.#ask()),
      () => clearTimeout(this.#again),
      () => live.unwatchFloor(),
    ];
    void this.#ask();
    return () => stops.forEach((stop) => stop());
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#again);
    const early: FloorChange[] = [];
    this.#early = early;
    const answer = await live.watchFloor().catch(() => null);
    if (this.#early !== early) return;
    this.#early = null;
    if (answer === null) {
      if (this.#phase === 'waiting' && live.state !== 'catching-up') this.#phase = 'failed';
      this.#again = setTimeout(() => void this.#ask(), AGAIN_MS);
    } else if (answer.kind === 'forbidden') this.#phase = 'forbidden';
    else {
      this.#show(answer);
      for (const change of early) this.#hear(change);
    }
  }

  #show({ seq, asOf, since, queues, agents, tickets }: Floor): void {
    const byId = <R extends Row>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));
    [this.#queues, this.#agents, this.#tickets] = [byId(queues), byId(agents), byId(tickets)];
    this.#seq = seq;
    this.#phase = 'shown';
    this.#told(asOf, since);
  }

  #hear(change: FloorChange): void {
    if (this.#early) return void this.#early.push(change);
    if (change.seq < this.#seq) return;
    // A process that has begun anew counts anew; one that was missed is not made up for by the next.
    if (change.seq > this.#seq + 1) return void this.#ask();
    if (change.seq > this.#seq) {
      this.#queues = changed(this.#queues, change.queues, change.gone);
      this.#agents = changed(this.#agents, change.agents, change.gone);
      this.#tickets = changed(this.#tickets, change.tickets, change.gone);
      this.#seq = change.seq;
    }
    this.#told(change.asOf, change.since);
  }

  #told(asOf: string, since: Floor['since']): void {
    this.#asOf = Date.parse(asOf);
    this.#since = since;
    this.#heardAt = Date.now();
  }
}

const NEVER = '9999';
export const byWait = (a: FloorTicket, b: FloorTicket): number =>
  (a.waitingSince ?? NEVER).localeCompare(b.waitingSince ?? NEVER) || a.number - b.number;

export const floor = new FloorState();
