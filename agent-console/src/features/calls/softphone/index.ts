import type { AgentLineView } from '@switchboard/contract';

/** The browser's end of a call. */
export interface Line {
  mute(on: boolean): void;
  digits(keys: string): void;
  hangUp(): void;
  /** `null`: it simply ended. */
  onEnd(listener: (reason: string | null) => void): void;
}
export interface Wanted {
  readonly ticketId: string;
  readonly role: 'agent' | 'monitor' | 'coach';
}

/** Each kind of line is spoken by a script of its own, loaded when the first call needs it. */
const kinds: Record<string, (line: AgentLineView, wanted: Wanted) => Promise<Line>> = {
  twilio: async ({ token }, wanted) => (await import('./twilio.ts')).connectTwilio({ token, ...wanted }),
  simulated: async ({ token, url = '' }, wanted) =>
    (await import('./simulated.ts')).connectSimulated({ url, token, ...wanted }),
};

/** Rejects with `NotAllowedError` where the browser may not use the microphone. */
export async function connect(line: AgentLineView, wanted: Wanted): Promise<Line> {
  const speak = kinds[line.kind];
  if (speak === undefined) throw new Error(`This console has no softphone for “${line.kind}”`);
  return speak(line, wanted);
}
