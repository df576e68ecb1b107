import type { AgentLineView } from '@switchboard/contract';
import type { Line, Wanted } from './line.ts';

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
