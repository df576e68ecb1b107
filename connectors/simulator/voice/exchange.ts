import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Interrupted, Leg, attributeOf, type LegStatus } from './leg.ts';
import { Program, type Means } from './program.ts';
import type { Recording } from './recordings.ts';
import { Rooms, entryOf, type Entry, type Member, type Room } from './rooms.ts';
import { Transcripts } from './transcripts.ts';
import type { Verb } from './twiml.ts';
import { Wire } from './wire.ts';

export interface ExchangeAccount {
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
  readonly twimlAppSid: string;
}

/** Somebody whom a call reaches. Says how it goes: picks up, is busy, or lets it ring. */
export type Answering = (leg: Leg) => 'answers' | 'busy' | 'rings';

export interface ExchangeOptions {
  /** Milliseconds that a second of a call takes. 1000 is the truth. */
  readonly msPerSecond?: number;
  /** Reports come twice and in the wrong order, as they may. */
  readonly jumbled?: boolean;
  readonly answering?: Answering;
  /** What did not go as it should. */
  readonly problem: (what: string) => void;
}

const RING_SECONDS = 2;
/** Of what is over; a demo may run for days. */
const MOST_KEPT = 1000;

/** A telephone exchange that speaks to the hub as Twilio does: asks it by signed webhooks, and is steered by it. */
export class Exchange {
  readonly account: ExchangeAccount;
  readonly legs = new Map<string, Leg>();
  readonly recordings: Recording[] = [];
  readonly rooms: Rooms;
  readonly transcripts: Transcripts;
  readonly #lines = new Map<string, Leg[]>();
  /** Who talks to whom without a room. */
  readonly #pairs = new Map<Leg, Leg>();
  readonly #options: Required<Pick<ExchangeOptions, 'msPerSecond' | 'jumbled' | 'answering'>> & ExchangeOptions;
  readonly #wire: Wire;
  readonly #closed = new AbortController();
  readonly #url: () => string;
  #webhookUrl = '';

  /** `url`: where its own REST API is. */
  constructor(account: ExchangeAccount, url: () => string, options: ExchangeOptions) {
    this.account = account;
    this.#url = url;
    this.#options = { msPerSecond: 1000, jumbled: false, answering: () => 'rings', ...options };
    const { jumbled, problem } = this.#options;
    this.#wire = new Wire(account, { jumbled, problem, closed: this.#closed.signal });
    this.transcripts = new Transcripts(account.accountSid, (prefix) => this.newSid(prefix), this.#wire);
    this.rooms = new Rooms(
      (prefix) => this.newSid(prefix),
      (...told) => this.#roomTold(...told),
    );
  }

  get webhookUrl(): string {
    return this.#webhookUrl;
  }
  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  newSid(prefix: string): string {
    return `${prefix}${randomBytes(16).toString('hex')}`;
  }

  /** Somebody dials our number; `hook` is where the number (or the app of a browser) points to. */
  dialIn(from: string, extra: Record<string, string> = {}, hook = ''): Leg {
    const callback = hook === '' ? { url: `${this.#webhookUrl}/status`, events: ['completed'] } : undefined;
    const to = hook === '' ? this.account.number : '';
    const leg = new Leg({ sid: this.newSid('CA'), from, to, direction: 'inbound', extra, callback });
    this.#keep(leg);
    leg.status = 'ringing';
    this.#wire.watch(
      leg.follow('steered', async (signal) => {
        const twiml = await this.#wire.ask(leg, `${this.#webhookUrl}${hook === '' ? '' : `/${hook}`}`);
        leg.status = 'in-progress';
        leg.answeredAt = Date.now();
        await this.run(leg, twiml, signal);
      }),
    );
    return leg;
  }

  /** The hub calls somebody, and has `twiml` played to who answers. */
  dialOut(
    about: Pick<Leg, 'from' | 'to' | 'callback'> & Partial<Pick<Leg, 'extra'>>,
    timeoutSeconds: number,
    begin: (leg: Leg, signal: AbortSignal) => Promise<void>,
  ): Leg {
    const leg = new Leg({ sid: this.newSid('CA'), direction: 'outbound-api', extra: {}, ...about });
    this.#keep(leg);
    this.#wire.watch(
      leg.follow('steered', async (signal) => {
        try {
          this.#progress(leg, 'initiated', 'initiated');
          leg.status = 'ringing';
          this.#progress(leg, 'ringing');
          const how = this.#options.answering(leg);
          await this.#sleep(how === 'rings' ? timeoutSeconds : RING_SECONDS, signal);
          if (how !== 'answers') return this.#over(leg, how === 'busy' ? 'busy' : 'no-answer');
          leg.status = 'in-progress';
          leg.answeredAt = Date.now();
          this.#progress(leg, 'answered');
          await begin(leg, signal);
        } catch (error) {
          this.#failed(leg, error);
        }
      }),
    );
    return leg;
  }

  /** Takes the leg out of what it is in, into this; the hub does not wait for it. */
  steer(leg: Leg, twiml: string): void {
    this.#wire.watch(leg.follow('steered', (signal) => this.run(leg, twiml, signal)));
  }

  async hangUp(leg: Leg): Promise<void> {
    if (leg.isOver) return;
    const status: LegStatus =
      leg.answeredAt === undefined ? (leg.direction === 'inbound' ? 'no-answer' : 'canceled') : 'completed';
    leg.status = status;
    await leg.follow('hung-up');
    this.#over(leg, status);
  }

  /** Until all that was to be posted is. */
  settled(): Promise<void> {
    return this.#wire.settled();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all([...this.legs.values()].map((leg) => leg.follow('hung-up')));
    await this.#wire.drained();
  }

  /** Straight into a room, and out of the call after it. */
  async join(leg: Leg, entry: Entry, signal: AbortSignal): Promise<void> {
    await this.rooms.enter(leg, entry, signal);
    signal.throwIfAborted();
    this.#over(leg, 'completed');
  }

  /** Everybody else in the room hears it, or who is at the other end. */
  say(leg: Leg, words: string, language = 'en-US'): void {
    this.#pairs.get(leg)?.hear({ words, language });
    if (!leg.muted) this.transcripts.heard(leg, 'inbound_track', words);
    for (const { members } of this.rooms.all()) {
      const speaker = members.get(leg.sid);
      if (!speaker || speaker.muted || speaker.hold || leg.muted) continue;
      for (const { leg: other, hold } of members.values()) {
        const isFor = !speaker.coaching || other.sid === speaker.coaches;
        if (other === leg || hold || !isFor) continue;
        other.hear({ words, language });
        this.transcripts.heard(other, 'outbound_track', words);
      }
    }
  }

  beginRecording(of: string, source: Recording['source'], callback: string | undefined, leg?: Leg): Recording {
    const recording: Recording = {
      sid: this.newSid('RE'),
      of,
      source,
      callback,
      startedAt: Date.now(),
      status: 'in-progress',
      seconds: 0,
    };
    this.recordings.push(recording);
    if (this.recordings.length > MOST_KEPT) this.recordings.shift();
    if (callback && source !== 'RecordVerb') this.#tellRecording(recording, leg);
    return recording;
  }

  endRecordings(of: string, leg?: Leg): void {
    for (const recording of this.recordings) {
      if (recording.of !== of || recording.status === 'completed') continue;
      recording.status = 'completed';
      recording.seconds = Math.max(1, Math.round(this.#since(recording.startedAt)));
      this.#tellRecording(recording, leg);
    }
  }

  recordingUrl({ sid }: Recording): string {
    return `${this.#url()}/2010-04-01/Accounts/${this.account.accountSid}/Recordings/${sid}`;
  }

  #means: Means = {
    ask: (leg, url, more) => this.#wire.ask(leg, url, more),
    tell: (leg, url, more) => this.#wire.report(url, { ...this.#wire.form(leg), ...more }),
    sleep: (seconds, signal) => this.#sleep(seconds, signal),
    since: (ms) => this.#since(ms),
    inLine: (leg, name) => {
      const line = this.#lines.get(name) ?? [];
      if (!line.includes(leg)) line.push(leg);
      this.#lines.set(name, line);
      return { position: line.indexOf(leg) + 1, size: line.length };
    },
    leaveLine: (leg, name) =>
      void this.#lines.set(
        name,
        (this.#lines.get(name) ?? []).filter((one) => one !== leg),
      ),
    takePart: (leg, conference, signal) => this.rooms.enter(leg, entryOf(conference), signal),
    transcribe: (leg, verb) => {
      if (verb === null) return void this.transcripts.stop(leg);
      const url = attributeOf(verb, 'statusCallbackUrl') ?? '';
      this.transcripts.start(leg, { url, language: attributeOf(verb, 'languageCode') ?? 'en-US' });
    },
    ring: (leg, dial, number, signal) => this.#ring(leg, dial, number, signal),
    keepMessage: (leg, verb, { message, seconds }) => {
      const recording = this.beginRecording(leg.sid, 'RecordVerb', attributeOf(verb, 'recordingStatusCallback'));
      Object.assign(recording, { status: 'completed', seconds });
      this.#tellRecording(recording, leg);
      const facts = { RecordingSid: recording.sid, RecordingUrl: this.recordingUrl(recording) };
      const transcribe = attributeOf(verb, 'transcribeCallback');
      if (transcribe) {
        const words = {
          TranscriptionSid: this.newSid('TR'),
          TranscriptionStatus: 'completed',
          TranscriptionText: message,
        };
        this.#wire.report(transcribe, { ...this.#wire.form(leg), ...facts, ...words });
      }
      return { ...facts, RecordingDuration: String(seconds), Digits: leg.isOver ? 'hangup' : '#' };
    },
  };

  /** The two are together until one of them hangs up. */
  async #ring(parent: Leg, dial: Verb, number: Verb, signal: AbortSignal): Promise<Record<string, string>> {
    const url = attributeOf(number, 'statusCallback');
    const events = (attributeOf(number, 'statusCallbackEvent') ?? '').split(' ');
    const callback = url ? { url, events } : undefined;
    const about = { from: parent.from, to: number.text, callback, extra: { ParentCallSid: parent.sid } };
    const began = Date.now();
    const child = this.dialOut(about, Number(attributeOf(dial, 'timeout') ?? 30), (leg, hungUp) =>
      this.#together(leg, parent, hungUp),
    );
    const over = new Promise<LegStatus>((resolve) => child.onEnd(resolve));
    const parted = () => void this.#wire.watch(this.hangUp(child));
    signal.addEventListener('abort', parted, { once: true });
    const status = await over;
    signal.removeEventListener('abort', parted);
    const seconds = String(Math.round(this.#since(began)));
    return {
      DialCallSid: child.sid,
      DialCallStatus: status,
      ...(child.answeredAt !== undefined && { DialCallDuration: seconds }),
    };
  }

  /** Until who was called hangs up. */
  #together(leg: Leg, parent: Leg, hungUp: AbortSignal): Promise<void> {
    this.#pairs.set(leg, parent).set(parent, leg);
    return new Promise<void>((resolve) => hungUp.addEventListener('abort', () => resolve(), { once: true })).finally(
      () => {
        this.#pairs.delete(leg);
        this.#pairs.delete(parent);
      },
    );
  }

  async run(leg: Leg, twiml: string, signal: AbortSignal): Promise<void> {
    try {
      await new Program(this.#means, leg, signal).run(twiml);
      this.#over(leg, 'completed');
    } catch (error) {
      this.#failed(leg, error);
    }
  }

  #keep(leg: Leg): void {
    this.legs.set(leg.sid, leg);
    for (const { sid, isOver } of this.legs.values()) {
      if (this.legs.size <= MOST_KEPT) return;
      if (isOver) this.legs.delete(sid);
    }
  }

  /** Steered or hung up is no failure, and whoever did it goes on from there. */
  #failed(leg: Leg, error: unknown): void {
    if (error instanceof Interrupted || this.#closed.signal.aborted) return;
    this.#options.problem(`a call broke: ${(error as Error).message}`);
    this.#over(leg, 'failed');
  }

  #over(leg: Leg, status: LegStatus): void {
    leg.ended(status);
    this.transcripts.stop(leg);
    this.endRecordings(leg.sid, leg);
    const seconds = leg.answeredAt === undefined ? 0 : Math.round(this.#since(leg.answeredAt));
    this.#progress(leg, 'completed', status, { CallDuration: String(seconds) });
  }

  #progress(leg: Leg, event: string, status: string = leg.status, more: Record<string, string> = {}): void {
    const { callback } = leg;
    const SequenceNumber = String(leg.sequence++);
    if (!callback?.events.includes(event)) return;
    const about = {
      CallStatus: status,
      SequenceNumber,
      CallbackSource: 'call-progress-events',
      Timestamp: new Date().toUTCString(),
    };
    this.#wire.report(callback.url, { ...this.#wire.form(leg), ...about, ...more });
  }

  #roomTold(room: Room, event: string, member?: Member, more: Record<string, string> = {}): void {
    const SequenceNumber = String(++room.sequence);
    if (event === 'conference-start' && room.recordingUrl)
      this.beginRecording(room.sid, 'Conference', room.recordingUrl);
    if (event === 'conference-end') this.endRecordings(room.sid);
    if (!room.callback) return;
    this.#wire.report(room.callback.url, {
      AccountSid: this.account.accountSid,
      ConferenceSid: room.sid,
      FriendlyName: room.name,
      StatusCallbackEvent: event,
      SequenceNumber,
      Timestamp: new Date().toUTCString(),
      ...(member && {
        CallSid: member.leg.sid,
        ParticipantLabel: member.label,
        Muted: String(member.muted),
        Hold: String(member.hold),
        Coaching: String(member.coaching),
      }),
      ...more,
    });
  }

  #tellRecording(recording: Recording, leg?: Leg): void {
    if (!recording.callback) return;
    this.#wire.report(recording.callback, {
      AccountSid: this.account.accountSid,
      ...(recording.of.startsWith('CF') ? { ConferenceSid: recording.of } : { CallSid: leg?.sid ?? recording.of }),
      RecordingSid: recording.sid,
      RecordingUrl: this.recordingUrl(recording),
      RecordingStatus: recording.status,
      RecordingSource: recording.source,
      RecordingChannels: '1',
      ...(recording.status === 'completed' && { RecordingDuration: String(recording.seconds) }),
    });
  }

  async #sleep(seconds: number, signal: AbortSignal): Promise<void> {
    await pause(seconds * this.#options.msPerSecond, undefined, {
      signal: AbortSignal.any([signal, this.#closed.signal]),
    }).catch(() => signal.throwIfAborted());
    this.#closed.signal.throwIfAborted();
  }

  #since(ms: number): number {
    return (Date.now() - ms) / this.#options.msPerSecond;
  }
}
