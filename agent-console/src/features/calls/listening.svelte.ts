import type { CallView } from '@switchboard/contract';
import { call as ask } from '../../api/client.ts';
import { attempt } from '../../app/actions.ts';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import { t } from '../../text/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { connect } from './softphone/index.ts';
import type { Line } from './softphone/line.ts';

export type Way = 'monitor' | 'coach' | 'agent';

/** A colleague’s call that I listen to, and how. */
class Listening {
  #call = $state.raw<CallView | null>(null);
  #way = $state<Way>('monitor');
  #line: Line | null = null;
  #busy = $state(false);

  get call(): CallView | null {
    return this.#call;
  }
  get way(): Way {
    return this.#way;
  }
  get busy(): boolean {
    return this.#busy;
  }

  start(): () => void {
    const stop = live.on('passing', (event) => {
      if (event.type !== 'call' || event.call.id !== this.#call?.id) return;
      if (event.call.version >= this.#call.version) this.#call = event.call;
      // It is over, or mine now.
      if (event.call.endedAt !== null || event.call.agent?.id === session.me.id) this.leave();
    });
    return () => {
      this.leave();
      stop();
    };
  }

  /** Begins, or takes part in another way. */
  async take(id: string, way: Way): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await attempt(() => this.#take(id, way));
    } finally {
      this.#busy = false;
    }
  }

  leave(): void {
    const line = this.#line;
    this.#line = null;
    this.#call = null;
    line?.hangUp();
  }

  /** Told of from here on: it may end, or become mine, before the line stands. */
  async #take(id: string, way: Way): Promise<void> {
    if (this.#call !== null && this.#call.id !== id) this.leave();
    const { line, call } = await ask('calls.listen', { params: { id }, body: { as: way } });
    if (this.#call === null || this.#call.version <= call.version) this.#call = call;
    this.#way = way;
    if (this.#line === null) await this.#open(line, call, way);
  }

  async #open(view: Parameters<typeof connect>[0], call: CallView, role: Way): Promise<void> {
    try {
      const line = await connect(view, { ticketId: call.ticketId ?? '', role });
      if (this.#call?.id !== call.id) return line.hangUp();
      this.#line = line;
      line.onEnd((reason) => {
        if (this.#line !== line) return;
        this.leave();
        if (reason !== null) toasts.show(t('listen.lost', { reason }), { tone: 'critical' });
      });
    } catch (error) {
      this.leave();
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
      const reason = error instanceof Error ? error.message : String(error);
      toasts.show(isRefused ? t('listen.noMicrophone') : t('listen.lost', { reason }), { tone: 'critical' });
    }
  }
}

export const listening = new Listening();
