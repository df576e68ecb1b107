/** What is measured: the hub, or the raw path that is its floor. Both take the same webhooks and tell the same console. */
export interface Subject {
  readonly name: 'hub' | 'floor';
  readonly webhookUrl: string;
  readonly authToken: string;
  /** Its processes, the database's included. */
  pids(): number[];
  /** Calls with the customer's number and how many of their messages the console has been told of. */
  onTold(told: (phone: string, messages: number) => void): void;
  stop(): Promise<void>;
}
