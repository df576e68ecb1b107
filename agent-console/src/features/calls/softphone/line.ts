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
