export interface Recording {
  readonly sid: string;
  /** The leg or the room that is recorded. */
  readonly of: string;
  readonly source: 'RecordVerb' | 'Conference' | 'StartCallRecordingAPI';
  readonly callback: string | undefined;
  readonly startedAt: number;
  status: 'in-progress' | 'paused' | 'completed';
  seconds: number;
}

const RATE = 8000;

/** So many seconds of a soft tone: something to hear, in a format that every browser plays. */
export const toneOf = (seconds: number): Buffer => {
  const samples = Math.max(1, Math.round(Math.min(seconds, 120) * RATE));
  const wav = Buffer.alloc(44 + samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) {
    // Swells and fades once a second, so that it does not hurt.
    const loudness = 20 * Math.sin((Math.PI * (at % RATE)) / RATE);
    wav[44 + at] = 128 + Math.round(loudness * Math.sin((2 * Math.PI * 330 * at) / RATE));
  }
  return wav;
};
