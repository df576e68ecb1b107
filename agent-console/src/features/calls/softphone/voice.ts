const LOUDNESS = 0.12;
const PITCH_HZ = 130;
const SECONDS_A_LETTER = 0.06;
const BETWEEN_WORDS_S = 0.08;
/** How fast the mouth opens and closes. */
const ATTACK_S = 0.02;
/** Where the mouth rings: each word by its first vowel. */
const MOUTH_HZ: Record<string, number> = { a: 800, e: 550, i: 350, o: 500, u: 400, y: 350 };
/** One a second, over and over. */
const TUNE_HZ = [261.63, 329.63, 392, 329.63];
const MUSIC_LOUDNESS = 0.05;

const tuneOf = ({ sampleRate }: AudioContext): AudioBuffer => {
  const buffer = new AudioBuffer({ length: TUNE_HZ.length * sampleRate, sampleRate });
  const samples = buffer.getChannelData(0);
  for (const [index] of samples.entries()) {
    const second = index / sampleRate;
    const note = TUNE_HZ[Math.floor(second)] ?? 0;
    samples[index] = MUSIC_LOUDNESS * Math.sin(2 * Math.PI * note * second) * Math.exp(-3 * (second % 1));
  }
  return buffer;
};

/** The far end's sound: a murmur for each word that is said, as long as the word, and a tune for who waits. */
export class Voice {
  readonly track: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #mouth: BiquadFilterNode;
  readonly #loudness: GainNode;
  readonly #tune: GainNode;
  #until = 0;

  constructor(context: AudioContext) {
    this.#context = context;
    const out = new MediaStreamAudioDestinationNode(context);
    const [track] = out.stream.getAudioTracks();
    if (track === undefined) throw new Error('The browser makes no sound');
    this.track = track;
    this.#mouth = new BiquadFilterNode(context, { type: 'bandpass', Q: 2 });
    this.#loudness = new GainNode(context, { gain: 0 });
    this.#tune = new GainNode(context, { gain: 0 });
    const throat = new OscillatorNode(context, { type: 'sawtooth', frequency: PITCH_HZ });
    const player = new AudioBufferSourceNode(context, { buffer: tuneOf(context), loop: true });
    throat.connect(this.#mouth).connect(this.#loudness).connect(out);
    player.connect(this.#tune).connect(out);
    throat.start();
    player.start();
  }

  /** After what is still being said. */
  say(words: string): void {
    for (const word of words.match(/\p{L}+/gu) ?? []) {
      const from = Math.max(this.#until, this.#context.currentTime);
      const to = from + word.length * SECONDS_A_LETTER;
      const vowel = /[aeiouy]/i.exec(word)?.[0].toLowerCase() ?? 'e';
      this.#mouth.frequency.setValueAtTime(MOUTH_HZ[vowel] ?? PITCH_HZ, from);
      this.#loudness.gain.setTargetAtTime(LOUDNESS, from, ATTACK_S).setTargetAtTime(0, to, ATTACK_S);
      this.#until = to + BETWEEN_WORDS_S;
    }
  }

  hush(): void {
    this.#until = 0;
    this.#loudness.gain.cancelScheduledValues(0).setTargetAtTime(0, this.#context.currentTime, ATTACK_S);
  }

  playMusic(on: boolean): void {
    this.#tune.gain.value = on ? 1 : 0;
  }
}
