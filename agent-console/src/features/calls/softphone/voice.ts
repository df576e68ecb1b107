const SECONDS_A_LETTER = 0.06;
const PITCH_HZ = 130;
const SYLLABLES_A_SECOND = 4;
const LOUDNESS = 0.08;

/** Speaks by the browser's own voice or, where it has none, murmurs for as long as that would take: somebody is there. */
export class Voice {
  #context: AudioContext | null = null;

  say(words: string, language: string): void {
    if ('speechSynthesis' in window && window.speechSynthesis.getVoices().length > 0) {
      const utterance = new SpeechSynthesisUtterance(words);
      utterance.lang = language;
      window.speechSynthesis.speak(utterance);
    } else this.#murmur(0.5 + words.length * SECONDS_A_LETTER);
  }

  end(): void {
    if ('speechSynthesis' in window) window.speechSynthesis.cancel();
    void this.#context?.close();
    this.#context = null;
  }

  #murmur(seconds: number): void {
    const context = (this.#context ??= new AudioContext());
    const until = context.currentTime + seconds;
    const [tone, mouth, loudness, syllables, depth] = [
      new OscillatorNode(context, { type: 'sawtooth', frequency: PITCH_HZ }),
      new BiquadFilterNode(context, { type: 'bandpass', frequency: 600, Q: 2 }),
      new GainNode(context, { gain: LOUDNESS }),
      new OscillatorNode(context, { frequency: SYLLABLES_A_SECOND }),
      new GainNode(context, { gain: LOUDNESS }),
    ];
    tone.connect(mouth).connect(loudness).connect(context.destination);
    syllables.connect(depth).connect(loudness.gain);
    for (const each of [tone, syllables]) {
      each.start();
      each.stop(until);
    }
  }
}
