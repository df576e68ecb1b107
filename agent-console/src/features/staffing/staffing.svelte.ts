import type { ArrivalForecast, ChannelKind, Figure, StaffingPlan, WorkKind } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { Resource } from '../../app/resource.svelte.ts';
import { t } from '../../text/index.ts';
import { directory } from '../directory.svelte.ts';
import { isNumber, paths, questionOf, usual, workOf, type Typed } from './question.ts';

export type Ready = Extract<ArrivalForecast, { state: 'ready' }>;

export const MEASURED_DAYS = 28;
/** Resolved tickets, below which a mean says little. */
const ENOUGH = 10;

const minutesOf = (ms: number): string => String(Math.max(0.1, Math.round(ms / 6_000) / 10));

/** The forecast of one queue, a day of it, and the people for that. */
export class Staffing {
  readonly queueId: string;
  #channel = $state<ChannelKind | 'all'>('all');
  #date = $state('');
  #work = $state<WorkKind | null>(null);
  #typed = $state.raw<Readonly<Record<WorkKind, Typed>>>(usual);
  /** Of which kinds of work the handling time was typed: until then it is the measured one. */
  #ownAht = $state.raw<ReadonlySet<WorkKind>>(new Set());
  readonly forecast: Resource<ArrivalForecast>;
  /** The handling time of this queue and channel, as it was lately. */
  readonly measured: Resource<Figure>;
  readonly plan: Resource<StaffingPlan>;

  constructor(queueId: string) {
    this.queueId = queueId;
    const params = { id: queueId };
    this.forecast = new Resource(() => call('staffing.forecast', { params, query: this.#query }));
    this.measured = new Resource(async () => {
      const to = new Date();
      const from = new Date(to.getTime() - MEASURED_DAYS * 86_400_000);
      const span = { from: from.toISOString(), to: to.toISOString() };
      return (await call('metrics.read', { query: { ...span, queueId, ...this.#query } })).total.aht;
    });
    this.plan = new Resource(() => {
      const body = this.question;
      if (body === null) throw new Error('A plan is asked for only when all is typed');
      return call('staffing.plan', { params, body });
    });
  }

  get #query() {
    return this.#channel === 'all' ? {} : { channel: this.#channel };
  }
  get channel(): ChannelKind | 'all' {
    return this.#channel;
  }
  set channel(channel) {
    this.#channel = channel;
    this.#work = null;
  }
  get ready(): Ready | null {
    const { value } = this.forecast;
    return value?.state === 'ready' ? value : null;
  }
  /** Today, until another one is chosen. */
  get date(): string {
    const dates = this.ready?.days.map(({ date }) => date) ?? [];
    return dates.includes(this.#date) ? this.#date : (dates[0] ?? '');
  }
  set date(date) {
    this.#date = date;
  }
  get day(): Ready['days'][number] | null {
    return this.ready?.days.find(({ date }) => date === this.date) ?? null;
  }
  /** As the channels work, until it is said otherwise. */
  get work(): WorkKind {
    return this.#work ?? workOf(this.#capabilities) ?? 'messages';
  }
  set work(work) {
    this.#work = work;
  }
  get #capabilities() {
    const channels = this.#channel === 'all' ? (this.forecast.value?.channels ?? []) : [this.#channel];
    return channels.map((channel) => {
      const account = directory.accounts.find((each) => each.channel === channel);
      return account ? directory.capabilitiesOf(account.id) : null;
    });
  }
  get typed(): Typed {
    const typed = this.#typed[this.work];
    const { isAhtMeasured, measured } = this;
    return isAhtMeasured ? { ...typed, aht: minutesOf(measured.value?.value ?? 0) } : typed;
  }
  /** Enough was resolved to go by, and nobody has typed another. */
  get isAhtMeasured(): boolean {
    const { value = null, n = 0 } = this.measured.value ?? {};
    return value !== null && value > 0 && n >= ENOUGH && !this.#ownAht.has(this.work);
  }
  type(change: Partial<Typed>): void {
    if (change.aht !== undefined) this.#ownAht = new Set([...this.#ownAht, this.work]);
    this.#typed = { ...this.#typed, [this.work]: { ...this.typed, ...change } };
  }
  /** What is wrong with a figure, for its field. */
  wrong(name: keyof Typed): string | undefined {
    if (!isNumber(name, this.typed[name])) return t('staffing.invalid');
    const refused = name in paths && this.plan.problem?.fieldMessage(paths[name as keyof typeof paths]) !== undefined;
    return refused && this.question !== null ? t('staffing.outOfRange') : undefined;
  }
  /** What no field shows. */
  get problem(): string | null {
    const { problem } = this.plan;
    if (problem === null || this.question === null) return null;
    const shown: readonly string[] = Object.values(paths);
    const homeless = problem.fields.filter(({ path }) => !shown.includes(path));
    if (problem.fields.length > 0 && homeless.length === 0) return null;
    return homeless.length > 0 ? homeless.map(({ message }) => message).join('; ') : problem.message;
  }
  /** null: nothing to ask, or not all of it is a number. */
  get question() {
    if (this.day === null) return null;
    const about = { date: this.date, work: this.work, ...this.#query };
    return questionOf(about, this.typed);
  }
}
