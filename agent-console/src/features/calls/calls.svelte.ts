import type { CallTarget, CallView, Passing } from '@switchboard/contract';
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
import type { Line } from './softphone/line.ts';

const RING_EVERY_MS = 2500;
/** A call comes within this of what asked for it; a later one on the same ticket is asked about. */
const EXPECTED_MS = 30_000;

/** The call that I have, and my browser's line to it. */
class Calls {
  #all = $state.raw<readonly CallView[]>([]);
  #line = $state.raw<{ callId: string; line: Line } | null>(null);
  #muted = $state(false);
  #busy = $state(false);
  /** Accepted here: no other tab of mine answers it, and none asks once more. */
  readonly #expected = new Set<string>();
  #ringing: ReturnType<typeof setInterval> | undefined;

  /** The one on the line, else the newest whose wrap-up waits. */
  get current(): CallView | undefined {
    return this.#all.find(({ endedAt }) => endedAt === null) ?? this.#all[0];
  }
  get muted(): boolean {
    return this.#muted;
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
    return call?.phase === 'connecting' && !this.isConnected && !this.#busy;
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
    this.#stopRinging();
    this.#busy = true;
    try {
      const line = await connect(await ask('calls.line', { params: { id } }), { ticketId, role: 'agent' });
      // Hung up while it connected: nobody would end this line any more.
      if (!this.#all.some((each) => each.id === id && each.endedAt === null)) return line.hangUp();
      this.#line = { callId: id, line };
      this.#muted = false;
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
  hold(): Promise<void> {
    return this.#on((call) => ask('calls.hold', { params: { id: call.id }, body: { on: !call.held } }));
  }
  record(): Promise<void> {
    return this.#on(({ id, recording }) =>
      ask('calls.record', { params: { id }, body: { on: recording === 'paused' } }),
    );
  }
  hangUp(): Promise<void> {
    return this.#on(({ id }) => ask('calls.hangUp', { params: { id } }));
  }
  transfer(to: CallTarget): Promise<void> {
    return this.#on(({ id }) => ask('calls.transfer', { params: { id }, body: { to } }));
  }
  wrapUp(disposition: string | null, resolve: boolean): Promise<void> {
    return this.#on(({ id }) => ask('calls.wrapUp', { params: { id }, body: { disposition, resolve } }));
  }

  #on(run: (call: CallView) => Promise<CallView>): Promise<void> {
    const call = this.current;
    return call === undefined ? Promise.resolve() : this.#act(() => run(call));
  }

  async #act(run: () => Promise<CallView | null>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const call = await run();
      if (call !== null) this.#take(call);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toasts.show(error.message, { tone: 'critical' });
    } finally {
      this.#busy = false;
    }
  }

  #hear(event: Passing): void {
    if (event.type === 'call') this.#take(event.call);
  }

  #take(call: CallView): void {
    const known = this.#all.find(({ id }) => id === call.id);
    if (known !== undefined && known.version > call.version) return;
    const isMine = call.agent?.id === session.me.id && ['connecting', 'talking', 'wrap-up'].includes(call.phase);
    const others = this.#all.filter(({ id }) => id !== call.id);
    this.#all = isMine ? [call, ...others] : others;
    if (!isMine || call.endedAt !== null) this.#leave(call.id);
    if (isMine && call.phase === 'connecting') this.#answerExpected(call);
    if (isMine && call.phase === 'connecting' && known?.phase !== 'connecting') this.#ring();
    if (this.current?.phase !== 'connecting') this.#stopRinging();
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
    toasts.show(isRefused ? t('call.noMicrophone') : t('call.lineFailed', { reason }), { tone: 'critical' });
    await ask('calls.unable', { params: { id } }).catch(() => this.#load());
  }

  #ring(): void {
    this.#stopRinging();
    if (!session.me.preferences.sound) return;
    this.#ringing = setInterval(() => (this.mayAnswer ? void chime() : this.#stopRinging()), RING_EVERY_MS);
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

export const calls = new Calls();
