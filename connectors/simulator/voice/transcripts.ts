import type { Leg } from './leg.ts';
import type { Wire } from './wire.ts';

interface Running {
  readonly sid: string;
  readonly url: string;
  readonly language: string;
  sequence: number;
}

/** What is said into a leg and out of it, written down as it is said. https://www.twilio.com/docs/voice/twiml/transcription */
export class Transcripts {
  readonly #accountSid: string;
  readonly #newSid: (prefix: string) => string;
  readonly #wire: Wire;
  readonly #running = new Map<string, Running>();

  constructor(accountSid: string, newSid: (prefix: string) => string, wire: Wire) {
    this.#accountSid = accountSid;
    this.#newSid = newSid;
    this.#wire = wire;
  }

  /** Of each that was begun. */
  readonly languages: string[] = [];

  isRunning({ sid }: Leg): boolean {
    return this.#running.has(sid);
  }

  start(leg: Leg, { url, language }: Pick<Running, 'url' | 'language'>): void {
    const running = { sid: this.#newSid('GT'), url, language, sequence: 0 };
    // As Twilio refuses a name that is taken.
    if (this.#running.has(leg.sid)) throw new Error('A transcription of this name runs already');
    this.languages.push(language);
    this.#running.set(leg.sid, running);
    this.#tell(leg, running, { TranscriptionEvent: 'transcription-started', Track: 'both_tracks' });
  }

  /** Whether there was one. */
  stop(leg: Leg): boolean {
    const running = this.#running.get(leg.sid);
    if (running === undefined) return false;
    this.#running.delete(leg.sid);
    this.#tell(leg, running, { TranscriptionEvent: 'transcription-stopped' });
    return true;
  }

  heard(leg: Leg, track: 'inbound_track' | 'outbound_track', words: string): void {
    const running = this.#running.get(leg.sid);
    if (running === undefined) return;
    this.#tell(leg, running, {
      TranscriptionEvent: 'transcription-content',
      TranscriptionData: JSON.stringify({ transcript: words, confidence: 0.93 }),
      Track: track,
      Final: 'true',
    });
  }

  #tell(leg: Leg, running: Running, more: Record<string, string>): void {
    running.sequence += 1;
    this.#wire.report(running.url, {
      AccountSid: this.#accountSid,
      CallSid: leg.sid,
      TranscriptionSid: running.sid,
      Timestamp: new Date().toISOString(),
      SequenceId: String(running.sequence),
      LanguageCode: running.language,
      ...more,
    });
  }
}
