let context: AudioContext | undefined;
const NOTES = [
  { hertz: 659.25, at: 0 },
  { hertz: 880, at: 0.11 },
];
const LOUDNESS = 0.08;
const TAIL_S = 0.35;

let ringing = false;

/** Two soft notes. Browsers keep it silent until the first click. */
export async function chime(): Promise<void> {
  if (ringing) return;
  ringing = true;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended' && navigator.userActivation.hasBeenActive) await context.resume();
    if (context.state !== 'running') return;
    const start = context.currentTime;
    await Promise.all(NOTES.map(({ hertz, at }) => note(context as AudioContext, hertz, start + at)));
  } finally {
    ringing = false;
  }
}

function note(audio: AudioContext, hertz: number, at: number): Promise<void> {
  const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + TAIL_S);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + TAIL_S);
  return new Promise((resolve) => tone.addEventListener('ended', () => resolve(), { once: true }));
}
