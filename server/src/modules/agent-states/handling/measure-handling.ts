import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, LOG } from '../../../platform/tokens.ts';
import { TicketAccess } from '../../tickets/index.ts';
import { HandlingSpells, LONGEST_MS, SHORTEST_MS } from './handling-spells.ts';

const BEAT_MS = 10_000;

/** What one tab shows to a person. */
interface Claim {
  readonly caller: Caller;
  readonly ticketId: string;
  readonly from: Date;
  readonly timer: NodeJS.Timeout;
  /** Becomes the id of its spell; null: it has none. */
  spell: Promise<string | null>;
}

/**
 * How long people have tickets before them, by what their tabs say. A spell is written when it has lasted a second and moved on at
 * each beat, so that a process that is killed loses no more than a beat; the latest tab of an agent has the word.
 */
@Injectable()
export class MeasureHandling implements BeforeApplicationShutdown {
  private readonly claims = new Map<string, Claim>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    @Inject(HandlingSpells) private readonly spells: HandlingSpells,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.timer = setInterval(() => this.noted(this.beat()), BEAT_MS).unref();
  }

  /** `tab`: its socket. null: it shows no ticket, cannot be seen, or nobody is at it. */
  says(caller: Caller, tab: string, ticketId: string | null): void {
    const before = this.claims.get(tab);
    if (before !== undefined && before.ticketId === ticketId) return this.noted(this.resume(before, tab));
    this.claims.delete(tab);
    const now = this.clock.now();
    if (before !== undefined) this.noted(this.end(before, now));
    if (ticketId !== null) this.begin(caller, tab, ticketId, now);
    else if (before !== undefined) this.giveBack(caller.id, now);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    const now = this.clock.now();
    const open = [...this.claims.values()];
    this.claims.clear();
    await Promise.all(open.map((claim) => this.end(claim, now)));
  }

  private begin(caller: Caller, tab: string, ticketId: string, from: Date): void {
    const claim: Claim = {
      caller,
      ticketId,
      from,
      spell: Promise.resolve(null),
      timer: setTimeout(() => {
        claim.spell = this.open(claim);
        this.noted(claim.spell);
      }, SHORTEST_MS).unref(),
    };
    this.claims.set(tab, claim);
  }

  /** Another tab of the agent on this process that has shown its ticket all the while. */
  private giveBack(agentId: string, now: Date): void {
    const [tab, claim] = [...this.claims].findLast(([, { caller }]) => caller.id === agentId) ?? [];
    if (tab === undefined || claim === undefined) return;
    this.claims.delete(tab);
    this.noted(this.end(claim, now));
    this.begin(claim.caller, tab, claim.ticketId, now);
  }

  /** It has the word again, if another tab took it. */
  private async resume(claim: Claim, tab: string): Promise<void> {
    const id = await claim.spell;
    if (id === null || this.claims.get(tab) !== claim || (await this.spells.goesOn(id))) return;
    if (this.claims.get(tab) === claim) this.begin(claim.caller, tab, claim.ticketId, this.clock.now());
  }

  private async open({ caller, ticketId, from }: Claim): Promise<string | null> {
    try {
      return await this.spells.begin(caller.id, await this.access.require(caller, ticketId), from);
    } catch (error) {
      // Moved to others, or never theirs: looking at it is no handling.
      if (error instanceof HubError && error.code === 'not-found') return null;
      throw error;
    }
  }

  private async end({ timer, spell }: Claim, at: Date): Promise<void> {
    clearTimeout(timer);
    const id = await spell.catch(() => null);
    if (id !== null) await this.spells.end(id, at);
  }

  private async beat(): Promise<void> {
    const now = this.clock.now();
    for (const [tab, claim] of this.claims) {
      if (now.getTime() - claim.from.getTime() < LONGEST_MS) continue;
      await this.end(claim, now);
      if (this.claims.get(tab) === claim) this.begin(claim.caller, tab, claim.ticketId, now);
    }
    const ids = await Promise.all([...this.claims.values()].map(({ spell }) => spell.catch(() => null)));
    await this.spells.goOn(ids.filter((id) => id !== null));
  }

  private noted(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.log.warn('A time of handling could not be written', { error }));
  }
}
