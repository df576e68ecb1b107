/** Two soft notes, made here: nothing to load and no media-src to ask for. */
export const chime = (): void => {
  const audio = new AudioContext();
  const end = audio.currentTime + 0.5;
  [659.25, 880].forEach((frequency, index) => {
    const start = audio.currentTime + index * 0.11;
    const note = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.06, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, end);
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(end);
    if (index === 1) note.onended = () => void audio.close();
  });
};
