import type { AgentLineView, CallTarget, CallView, Passing } from '@switchboard/contract';
import { call as ask } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { chime } from '../../app/chime.ts';
import { inboxPath } from '../../app/routes.ts';
import { router } from '../../app/router.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import { t } from '../../text/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { directory } from '../directory.svelte.ts';
import { connect } from './softphone/index.ts';
import { listening } from './listening.svelte.ts';
import { type Part, partOf } from './part.ts';
import type { Line } from './softphone/line.ts';

const RING_EVERY_MS = 2500;
/** A call comes within this of what asked for it; a later one on the same ticket is asked about. */
const EXPECTED_MS = 30_000;

/** The call that I have, and my browser's line to it. */
class Calls {
  /** The newest that was told of each. */
  readonly #versions = new Map<string, number>();
  #all = $state.raw<readonly CallView[]>([]);
  #line = $state.raw<{ callId: string; line: Line } | null>(null);
  #muted = $state(false);
  #level = $state<number | null>(0);
  #busy = $state(false);
  #turn: Promise<boolean> = Promise.resolve(false);
  /** Accepted here: no other tab of mine answers it, and none asks once more. */
  readonly #expected = new Set<string>();
  #ringing: ReturnType<typeof setInterval> | undefined;

  /** The one on the line, else the newest whose wrap-up waits. */
  get current(): CallView | undefined {
    const mine = this.#all.filter((call) => partOf(call, session.me.id) !== 'asked');
    return mine.find(({ endedAt }) => endedAt === null) ?? mine[0];
  }
  get isOwn(): boolean {
    return this.current?.agent?.id === session.me.id;
  }
  /** Calls of colleagues who ask me in, while I am in none. */
  get asks(): readonly CallView[] {
    return this.#line === null ? this.#all.filter((call) => partOf(call, session.me.id) === 'asked') : [];
  }
  get muted(): boolean {
    return this.#muted;
  }
  /** How much of my microphone is heard, 0 to 1; `null`: it can't be. */
  get level(): number | null {
    return this.#level;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** This tab speaks and hears. */
  get isConnected(): boolean {
    const id = this.current?.id;
    return id !== undefined && this.#line?.callId === id;
  }
  get mayAnswer(): boolean {
    const call = this.current;
    return call?.phase === 'connecting' && this.isOwn && !this.isConnected && !this.#busy;
  }

  start(): () => void {
    void this.#load();
    const stops = [live.on('reconnected', () => void this.#load()), live.on('passing', (event) => this.#hear(event))];
    return () => {
      this.#stopRinging();
      this.#line?.line.hangUp();
      stops.forEach((stop) => stop());
    };
  }

  /** The offer of this ticket was accepted here: its call is answered as soon as the hub says so. */
  expect(ticketId: string): void {
    this.#expected.add(ticketId);
    setTimeout(() => this.#expected.delete(ticketId), EXPECTED_MS);
    const call = this.#all.find((each) => each.ticketId === ticketId);
    if (call !== undefined) this.#answerExpected(call);
  }

  async answer(): Promise<void> {
    const call = this.current;
    if (call?.ticketId == null || this.#line !== null || this.#busy) return;
    const { id, ticketId } = call;
    await this.#connect(call, () => ask('calls.line', { params: { id } }), ticketId);
  }

  /** Into a colleague’s call. */
  async joinAside(call: CallView): Promise<void> {
    const { id, ticketId } = call;
    if (ticketId === null || this.#line !== null || this.#busy) return;
    await this.#connect(call, () => ask('calls.joinAside', { params: { id } }), ticketId);
  }
  async declineAside({ id }: CallView): Promise<void> {
    await this.#act(async () => {
      await ask('calls.declineAside', { params: { id } });
      return null;
    });
  }

  async #connect({ id }: CallView, asks: () => Promise<AgentLineView>, ticketId: string): Promise<void> {
    this.#stopRinging();
    this.#busy = true;
    try {
      const line = await connect(await asks(), { ticketId, role: 'agent' });
      // Hung up while it connected: nobody would end this line any more.
      if (!this.#all.some((each) => each.id === id && each.endedAt === null)) return line.hangUp();
      this.#line = { callId: id, line };
      this.#muted = false;
      this.#level = 0;
      line.onLevel((level) => (this.#level = level));
      line.onEnd((reason) => this.#lineEnded(id, reason));
    } catch (error) {
      await this.#unable(id, error);
    } finally {
      this.#busy = false;
    }
  }

  async dial(number: string, ticketId?: string): Promise<void> {
    await this.#act(async () => {
      const [line] = directory.callable;
      if (line === undefined) {
        toasts.show(t('call.noLine'), { tone: 'critical' });
        return null;
      }
      const body = { clientId: crypto.randomUUID(), number, channelAccountId: line.id };
      const call = await ask('calls.start', { body: { ...body, ...(ticketId !== undefined && { ticketId }) } });
      if (call.ticketId !== null) {
        this.expect(call.ticketId);
        router.go(inboxPath('mine', call.ticketId));
      }
      return call;
    });
  }

  mute(): void {
    if (this.#line === null) return;
    this.#muted = !this.#muted;
    this.#line.line.mute(this.#muted);
  }
  press(key: string): void {
    this.#line?.line.digits(key);
  }
  hold(): Promise<boolean> {
    return this.#on((call) => ask('calls.hold', { params: { id: call.id }, body: { on: !call.held } }));
  }
  record(): Promise<boolean> {
    return this.#on(({ id, recording }) =>
      ask('calls.record', { params: { id }, body: { on: recording === 'paused' } }),
    );
  }
  hangUp(): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.hangUp', { params: { id } }));
  }
  /** My own end of a colleague’s call. */
  leaveLine(): void {
    this.#line?.line.hangUp();
  }
  transfer(to: CallTarget, note: string): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.transfer', { params: { id }, body: { to, note } }));
  }
  consult(to: CallTarget, note: string): Promise<boolean> {
    const clientId = crypto.randomUUID();
    return this.#on(({ id }) => ask('calls.consult', { params: { id }, body: { clientId, to, note } }));
  }
  endAside(how: 'cancel' | 'merge' | 'complete'): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.endAside', { params: { id }, body: { how } }));
  }
  holdLeg({ id: leg, held }: { id: string; held: boolean }): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.holdLeg', { params: { id, leg }, body: { on: !held } }));
  }
  removeLeg(leg: string): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.removeLeg', { params: { id, leg } }));
  }
  leaveTo(leg: string): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.leave', { params: { id }, body: { leg } }));
  }
  wrapUp(disposition: string | null, resolve: boolean): Promise<boolean> {
    return this.#on(({ id }) => ask('calls.wrapUp', { params: { id }, body: { disposition, resolve } }));
  }

  /** In the order in which they were pressed, each on the call as it is by then. Answers whether it was done. */
  #on(run: (call: CallView) => Promise<CallView>): Promise<boolean> {
    const id = this.current?.id;
    const turn = this.#turn.then(() => {
      const call = this.#all.find((each) => each.id === id);
      return call === undefined ? false : this.#act(() => run(call));
    });
    this.#turn = turn.catch(() => false);
    return turn;
  }

  async #act(run: () => Promise<CallView | null>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      const call = await run();
      if (call !== null) this.#take(call);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toasts.show(error.message, { tone: 'critical' });
      return false;
    } finally {
      this.#busy = false;
    }
  }

  #hear(event: Passing): void {
    if (event.type === 'call') this.#take(event.call);
  }

  #take(call: CallView): void {
    const known = this.#all.find(({ id }) => id === call.id);
    // Also of one that I have left: what is told late must not bring it back.
    if ((this.#versions.get(call.id) ?? 0) > call.version) return;
    this.#versions.set(call.id, call.version);
    // A call that I listen to is told of by its own bar.
    const part = listening.call?.id === call.id ? null : partOf(call, session.me.id);
    const others = this.#all.filter(({ id }) => id !== call.id);
    this.#all = part === null ? others : [call, ...others];
    if (part === null || call.endedAt !== null) this.#leave(call.id);
    if (part === 'own') tellOfAside(known, call);
    if (part === 'own' && call.phase === 'connecting') this.#answerExpected(call);
    if (rings(part, call) && (known === undefined || !rings(partOf(known, session.me.id), known))) this.#ring();
    if (!this.#all.some((each) => rings(partOf(each, session.me.id), each))) this.#stopRinging();
  }

  #answerExpected(call: CallView): void {
    if (call.ticketId === null || call.phase !== 'connecting' || !this.#expected.delete(call.ticketId)) return;
    // After what asked for it has ended.
    setTimeout(() => void this.answer());
  }

  #leave(callId: string): void {
    if (this.#line?.callId !== callId) return;
    const { line } = this.#line;
    this.#line = null;
    line.hangUp();
  }

  #lineEnded(callId: string, reason: string | null): void {
    if (this.#line?.callId !== callId) return;
    this.#line = null;
    if (reason !== null) toasts.show(t('call.lineLost', { reason }), { tone: 'critical' });
  }

  /** The caller must not wait for a browser that can't. */
  async #unable(id: string, error: unknown): Promise<void> {
    const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
    const reason = error instanceof Error ? error.message : String(error);
    const call = this.#all.find((each) => each.id === id);
    const isAsked = call !== undefined && call.agent?.id !== session.me.id;
    const failed = isAsked ? t('call.asked.failed', { reason }) : t('call.lineFailed', { reason });
    toasts.show(isRefused ? t('call.noMicrophone') : failed, { tone: 'critical' });
    const refuse = isAsked ? ask('calls.declineAside', { params: { id } }) : ask('calls.unable', { params: { id } });
    await refuse.catch(() => this.#load());
  }

  #ring(): void {
    this.#stopRinging();
    if (!session.me.preferences.sound) return;
    this.#ringing = setInterval(
      () => (this.mayAnswer || this.asks.length > 0 ? void chime() : this.#stopRinging()),
      RING_EVERY_MS,
    );
  }
  #stopRinging(): void {
    clearInterval(this.#ringing);
  }

  async #load(): Promise<void> {
    const asked = this.#all;
    try {
      const { items } = await ask('calls.mine', {});
      // What came live meanwhile is newer than the answer: its line must not be hung up.
      const gone = this.#all.filter((call) => asked.includes(call) && items.every(({ id }) => id !== call.id));
      this.#all = this.#all.filter((call) => !gone.includes(call));
      for (const { id } of gone) this.#leave(id);
      for (const item of items.toReversed()) this.#take(item);
    } catch {
      // The live badge says that the hub is away; it is asked again at the next connection.
    }
  }
}

const rings = (part: Part | null, { phase }: CallView): boolean =>
  part === 'asked' || (part === 'own' && phase === 'connecting');

/** Nobody came whom I have asked in, or they have gone: the customer still hears music. */
function tellOfAside(before: CallView | undefined, { aside }: CallView): void {
  const isNew = before?.aside?.id === aside?.id && before?.aside?.end === null;
  const { end, name = '' } = aside ?? {};
  if (!isNew || (end !== 'declined' && end !== 'busy' && end !== 'unanswered' && end !== 'failed' && end !== 'left'))
    return;
  toasts.show(t(`call.aside.end.${end}`, { name }), { tone: end === 'left' ? 'plain' : 'critical' });
}

export const calls = new Calls();
