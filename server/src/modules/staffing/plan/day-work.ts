/** How work is done decides what more agents bring. */
export type WorkKind = 'calls' | 'chats' | 'messages';

export interface DayWork {
  readonly kind: WorkKind;
  readonly intervalSeconds: number;
  readonly ahtSeconds: number;
  /** Of calls and chats. Absent: nobody hangs up. */
  readonly patienceSeconds?: number | undefined;
  /** Of chats. */
  readonly concurrency?: number | undefined;
}
export interface Quality {
  readonly serviceLevel: number;
  readonly occupancy: number;
  /** null: messages are not given up. */
  readonly abandonment: number | null;
}
