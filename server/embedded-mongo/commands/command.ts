import type { Engine } from '../engine/engine.ts';
import type { Doc } from '../values/types.ts';

export interface CommandContext {
  engine: Engine;
  db: string;
  command: Doc;
  connectionId: number;
}

export interface Command {
  run(context: CommandContext): Doc;
  /** Needs a transaction. */
  writes?: true;
}
