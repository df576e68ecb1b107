import { Voice } from './voice.ts';

/** What the line has for this phone: the others, music while it is on hold itself, nothing while all others are. */
export type Ear = 'people' | 'music' | 'silence';

/** Whether anything goes each way. */
const flows: Record<Ear, { readonly here: boolean; readonly there: boolean }> = {
  people: { here: true, there: true },
  music: { here: true, there: false },
  silence: { here: false, there: false },
};

/** As Twilio's softphone measures it, so that both show the same: the middle of all frequencies, from -100 to -30 dB. */
const METER = { fftSize: 32, smoothingTimeConstant: 0.3 };
const LEVEL_EVERY_MS = 50;
/** Within one page it takes a moment, or never comes: some browsers forbid WebRTC its way. */
const CONNECT_MS = 10_000;

/** `null` where there is none, it is refused, or the page may not ask because it is not a secure one. */
const askMicrophone = async (): Promise<MediaStream | null> => {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return null;
  }
};

/**
 * A line within the page: WebRTC from this phone to another that the page plays, by no server. The call need not wait for the microphone:
 * it is heard from when it is allowed.
 */
export class Loopback {
  readonly #phone = new RTCPeerConnection();
  readonly #other = new RTCPeerConnection();
  readonly #context = new AudioContext();
  readonly #voice = new Voice(this.#context);
  readonly #speaker = new Audio();
  readonly #listeners: ((level: number | null) => void)[] = [];
  readonly #mouth = this.#phone.addTransceiver('audio').sender;
  readonly #otherMouth = this.#other.addTrack(this.#voice.track);
  #microphone: MediaStreamTrack | null = null;
  #level: number | null = 0;
  #metering: ReturnType<typeof setInterval> | undefined;
  #connecting: ReturnType<typeof setTimeout> | undefined;
  /** No sound comes through. */
  #cut = false;
  #ear: Ear = 'people';
  #muted = false;

  static async open(): Promise<Loopback> {
    const line = new Loopback();
    try {
      await line.#connect();
    } catch (error) {
      line.close();
      throw error;
    }
    void line.#context.resume();
    void line.#useMicrophone();
    return line;
  }

  say(words: string, language: string): void {
    this.#voice.say(words);
    // Words that can be understood are better than a murmur, but no browser lets its own voice onto a line.
    const speaks = 'speechSynthesis' in window && window.speechSynthesis.getVoices().length > 0;
    this.#speaker.muted = speaks;
    if (!speaks) return;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.lang = language;
    window.speechSynthesis.speak(utterance);
  }

  hear(ear: Ear): void {
    if (ear === this.#ear) return;
    this.#ear = ear;
    this.#hush();
    this.#voice.playMusic(ear === 'music');
    void this.#otherMouth.replaceTrack(flows[ear].here ? this.#voice.track : null);
    void this.#speak();
  }

  mute(on: boolean): void {
    this.#muted = on;
    if (this.#microphone !== null) this.#microphone.enabled = !on;
  }

  onLevel(listener: (level: number | null) => void): void {
    this.#listeners.push(listener);
    listener(this.#heard);
  }

  close(): void {
    clearInterval(this.#metering);
    clearTimeout(this.#connecting);
    this.#hush();
    this.#microphone?.stop();
    this.#speaker.srcObject = null;
    this.#phone.close();
    this.#other.close();
    void this.#context.close();
  }

  async #connect(): Promise<void> {
    const [phone, other] = [this.#phone, this.#other];
    for (const [from, to] of [
      [phone, other],
      [other, phone],
    ] as const)
      from.onicecandidate = ({ candidate }) => void (candidate && to.addIceCandidate(candidate));
    phone.ontrack = ({ track }) => {
      this.#speaker.autoplay = true;
      this.#speaker.srcObject = new MediaStream([track]);
    };
    phone.onconnectionstatechange = () => {
      if (phone.connectionState === 'connected') this.#through(true);
      if (phone.connectionState === 'failed') this.#through(false);
    };
    this.#connecting = setTimeout(() => this.#through(false), CONNECT_MS);
    await phone.setLocalDescription();
    if (phone.localDescription) await other.setRemoteDescription(phone.localDescription);
    await other.setLocalDescription();
    if (other.localDescription) await phone.setRemoteDescription(other.localDescription);
  }

  async #useMicrophone(): Promise<void> {
    const stream = await askMicrophone();
    const [track] = stream?.getAudioTracks() ?? [];
    // Hung up while the browser asked.
    if (this.#phone.signalingState === 'closed') return track?.stop();
    if (!stream || !track) return this.#tell(null);
    this.#microphone = track;
    track.enabled = !this.#muted;
    // Unplugged, or taken back.
    track.onended = () => {
      clearInterval(this.#metering);
      this.#tell(null);
    };
    const meter = new AnalyserNode(this.#context, METER);
    new MediaStreamAudioSourceNode(this.#context, { mediaStream: stream }).connect(meter);
    const bins = new Uint8Array(meter.frequencyBinCount);
    this.#metering = setInterval(() => {
      meter.getByteFrequencyData(bins);
      this.#tell(bins.reduce((sum, bin) => sum + bin, 0) / bins.length / 255);
    }, LEVEL_EVERY_MS);
    await this.#speak();
  }

  async #speak(): Promise<void> {
    await this.#mouth.replaceTrack(flows[this.#ear].there ? this.#microphone : null);
  }

  #through(isThrough: boolean): void {
    clearTimeout(this.#connecting);
    this.#cut = !isThrough;
    this.#tell(this.#level);
  }

  get #heard(): number | null {
    return this.#cut ? null : this.#level;
  }

  #tell(level: number | null): void {
    this.#level = level;
    for (const listener of this.#listeners) listener(this.#heard);
  }

  #hush(): void {
    this.#voice.hush();
    this.#speaker.muted = false;
    if ('speechSynthesis' in window) window.speechSynthesis.cancel();
  }
}
