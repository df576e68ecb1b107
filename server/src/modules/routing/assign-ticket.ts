import { Inject, Injectable } from '@nestjs/common';
import type { OfferSettings } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK, STAGES } from '../../platform/tokens.ts';
import { BeginWrapUp } from '../agent-states/index.ts';
import type { FlowStages } from '../flow/index.ts';
import type { Ticket } from '../tickets/index.ts';
import { Decisions, type Decided } from './decisions.ts';
import { GiveTicket } from './give-ticket.ts';
import { JudgeTicket, type Judgement } from './judge-ticket.ts';
import { LoadGuard } from './load-guard.ts';
import { OfferTicket } from './offers/offer-ticket.ts';
import { OverflowTicket } from './overflow-ticket.ts';
import { Standings } from './standings.ts';
import { workOf } from './work-of-agents.ts';

/** Claims that others were faster with; then the sweep tries again. */
const MOST_TRIES = 50;
/** Work that was read so lately need not be read again before it is claimed by: the claim itself sees what others claimed since. */
const SURE_MS = 50;
/** An offer's claim outlives it, so that who says yes at the last moment has the place. */
const OFFER_SPARE_MS = 30_000;
type Person = { id: string; name: string };
interface Claimed {
  readonly decision: Decided;
  /** null: of nobody. */
  readonly claim: number | null;
}

/** Gives a ticket that waits to an agent of its queue (decide.ts), and keeps why. */
@Injectable()
export class AssignTicket {
  constructor(
    @Inject(JudgeTicket) private readonly judge: JudgeTicket,
    @Inject(Standings) private readonly standings: Standings,
    @Inject(LoadGuard) private readonly guard: LoadGuard,
    @Inject(OverflowTicket) private readonly overflow: OverflowTicket,
    @Inject(GiveTicket) private readonly giving: GiveTicket,
    @Inject(OfferTicket) private readonly offering: OfferTicket,
    @Inject(BeginWrapUp) private readonly wrapUp: BeginWrapUp,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  /** False: nobody can take it now, nor any that came later and asks for as much. */
  async run(waiting: Ticket): Promise<boolean> {
    const judgement = await this.judge.of(waiting);
    const { reach, offer, isOffered } = judgement;
    // Whoever looks at it has their time.
    if (isOffered) return true;
    // There it is looked at when that has happened.
    if (reach.moveTo !== null && (await this.overflow.run(waiting, reach.moveTo))) return true;
    const { decision, claim } = await this.claim(waiting, judgement);
    const { winner } = decision;
    if (winner === null || claim === null) {
      await this.decisions.keep(waiting._id, decision);
      // Whoever said no to this one may well have the next.
      return decision.candidates.some(({ removedBy }) => removedBy === 'declined');
    }
    if (offer === null) await this.give(waiting, winner, decision);
    else if (!(await this.show(waiting, winner, decision, offer))) await this.unclaim(waiting, winner, claim);
    this.stages.passed('ticket.assigned', waiting._id);
    return true;
  }

  private async give(waiting: Ticket, winner: Person, decision: Decided): Promise<void> {
    const given = await this.giving.run({ ticketId: waiting._id, agent: winner, decision, known: waiting });
    await this.guard.release(winner.id, waiting._id);
    if (given) this.standings.given(winner.id, workOf(waiting));
    else await this.standings.readWork([winner.id]);
  }

  /** The claim weighs as long as the offer stands. */
  private async show(waiting: Ticket, winner: Person, decision: Decided, offer: OfferSettings): Promise<boolean> {
    const isShown = await this.offering.run(waiting, decision, offer);
    if (isShown) this.standings.given(winner.id, workOf(waiting));
    return isShown;
  }

  /** Perhaps another process has just offered it to the same agent: its claim stands. */
  private async unclaim({ _id }: Ticket, { id }: Person, claim: number): Promise<void> {
    await this.guard.release(id, _id, claim);
    await this.standings.readWork([id]);
  }

  /** Who is chosen by what is remembered is read again, state and work, and has to be chosen by that, too. */
  private async claim({ _id: ticketId, channel }: Ticket, { reach, decide, offer }: Judgement): Promise<Claimed> {
    const holdMs = offer === null ? undefined : offer.seconds * 1000 + OFFER_SPARE_MS;
    const sure = new Set<string>();
    for (let tries = 0; ; tries += 1) {
      const standings = this.standings.of(reach.queueIds);
      const decision = decide(standings);
      const { winner } = decision;
      if (winner === null) return { decision, claim: null };
      if (tries === MOST_TRIES) return { decision: { ...decision, winner: null }, claim: null };
      const own = standings.find(({ member }) => member.agent.id === winner.id)?.own;
      const isFresh = own != null && this.clock.now().getTime() - own.readAt < SURE_MS && tries === 0;
      // After the work was read: what left it by then was stored by then.
      const isSure = own != null && (isFresh || sure.has(winner.id)) && !(await this.wrapUp.behind(winner.id));
      if (isSure) {
        const claim = await this.guard.claim(own.load, { ticketId, channel }, holdMs);
        if (claim !== null) return { decision, claim };
      }
      sure.add(winner.id);
      await this.standings.read([winner.id]);
    }
  }
}
