/** The browser's end of a call. */
export interface Line {
  mute(on: boolean): void;
  digits(keys: string): void;
  hangUp(): void;
  /** Some twenty times a second: how much of the microphone is heard, 0 to 1. `null`: nothing, for there is none, it is refused, or no sound comes through. */
  onLevel(listener: (level: number | null) => void): void;
  /** `null`: it simply ended. */
  onEnd(listener: (reason: string | null) => void): void;
}
export interface Wanted {
  readonly ticketId: string;
  readonly role: 'agent' | 'monitor' | 'coach';
}
