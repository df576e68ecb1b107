import type { Passing, TicketView } from '@switchboard/contract';
import { conversations } from '../features/conversation/conversations.svelte.ts';
import { tickets } from '../features/inbox/tickets.svelte.ts';
import { live } from '../live/socket.svelte.ts';
import { t } from '../text/index.ts';
import { toasts } from '../ui/toasts.svelte.ts';
import { chime } from './chime.ts';
import { Tabs } from './tabs.ts';
import { inboxPath } from './routes.ts';
import { router } from './router.svelte.ts';
import { session } from './session.svelte.ts';

/** Characters: the rest stands in the ticket. */
const WHISPER_SHOWN = 140;

/** Sound, browser notifications and the count in the title: for what came while nobody looked at it. */
class Notifications {
  #permission = $state<NotificationPermission>('Notification' in window ? Notification.permission : 'denied');

  readonly #tabs = new Tabs();
  #forget: () => void = () => {};

  get permission(): NotificationPermission {
    return this.#permission;
  }
  get supported(): boolean {
    return 'Notification' in window;
  }
  /** Must be asked at a click. Answers whether it was allowed. */
  async ask(): Promise<boolean> {
    this.#permission = await Notification.requestPermission();
    return this.#permission === 'granted';
  }

  /** Once signed in. Returns the way to stop. */
  start(): () => void {
    const stops = [
      live.on('ticket', (ticket) => this.#onTicket(ticket)),
      live.on('passing', (event) => {
        if (event.type === 'escalation') this.#onEscalation(event);
        if (event.type === 'whisper') this.#onWhisper(event);
        if (event.type !== 'assigned') return;
        const title = t('notify.assigned', { number: String(event.number) });
        const { by, customer: name } = event;
        const text =
          by === undefined ? t('notify.assigned.text', { name }) : t('notify.transferred.text', { name, by });
        this.#toast(event.ticketId, `assigned:${event.ticketId}`, title, text, inboxPath('mine', event.ticketId));
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  #onEscalation({ ticketId, number, customer, clock, breached }: Extract<Passing, { type: 'escalation' }>): void {
    const key = breached ? 'notify.breached' : 'notify.warned';
    const title = t(key, { clock: t(`service.${clock}`), number: String(number) });
    const text = t('notify.escalated.text', { name: customer });
    this.#toast(ticketId, `${key}:${ticketId}:${clock}`, title, text, inboxPath('all', ticketId), breached);
  }

  #onWhisper({ ticketId, number, by, text }: Extract<Passing, { type: 'whisper' }>): void {
    const short = text.length > WHISPER_SHOWN ? `${text.slice(0, WHISPER_SHOWN)}…` : text;
    const title = t('notify.whispered', { name: by, number: String(number), text: short });
    this.#toast(ticketId, `whisper:${ticketId}:${text}`, title, text, inboxPath('mine', ticketId));
  }

  #toast(ticketId: string, event: string, title: string, text: string, path: string, critical = false): void {
    // The newest alone: a burst of work must not cover it.
    this.#forget();
    const action = { label: t('notify.open'), run: () => router.go(path) };
    this.#forget = toasts.show(title, { action, ...(critical && { tone: 'critical' }) });
    void this.#tell(ticketId, event, title, text, path);
  }

  #onTicket(ticket: TicketView): void {
    if (ticket.assignee?.id !== session.me.id || ticket.preview?.from !== 'customer') return;
    const known = tickets.get(ticket.id);
    // A ticket that no list holds was not ours before: "assigned" tells of it.
    if (!known || ticket.seq <= known.seq || ticket.inboundCount <= known.inboundCount) return;
    const title = t('notify.title', { name: ticket.customer.name });
    void this.#tell(ticket.id, `${ticket.id}:${ticket.seq}`, title, ticket.preview.text, inboxPath('mine', ticket.id));
  }

  async #tell(ticketId: string, event: string, title: string, body: string, path: string): Promise<void> {
    const looking = document.hasFocus() && conversations.current?.id === ticketId;
    if (!(await this.#tabs.mayTell(event, looking))) return;
    const { sound, notifications } = session.me.preferences;
    if (sound) void chime();
    if (!notifications || !document.hidden || this.#permission !== 'granted') return;
    // The tag makes several tabs and several messages of one ticket one notification.
    const shown = new Notification(title, { body, tag: ticketId, icon: '/icon.svg' });
    shown.onclick = () => {
      window.focus();
      router.go(path);
      shown.close();
    };
  }
}

export const notifications = new Notifications();
