import {
  flowStages,
  type ChannelKind,
  type FlowReport,
  type FlowStage,
  type PassportDirection,
} from '@switchboard/contract';
import type { PlainKey } from '../../text/index.ts';

type Row = FlowReport['stages'][number];
export interface StageTable {
  readonly channel: ChannelKind;
  readonly direction: PassportDirection;
  readonly rows: readonly Row[];
}

/** The last bucket's end: of what took longer it is only known that it did. */
export const LONGEST_MS = 86_400_000;

/** One table for each channel and direction that had messages; its rows in the order of the flow. */
export function tablesOf(stages: readonly Row[]): StageTable[] {
  const channels = [...new Set(stages.map(({ channel }) => channel))];
  return channels.flatMap((channel) =>
    (['in', 'out'] as const).flatMap((direction) => {
      const order: readonly FlowStage[] = flowStages[direction];
      const own = stages.filter((row) => row.channel === channel && row.direction === direction);
      const rows = own.toSorted((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
      return rows.length === 0 ? [] : [{ channel, direction, rows }];
    }),
  );
}

/** That every stage has its words, the compiler checks. */
type StageKey = { [D in PassportDirection]: `health.${D}.${(typeof flowStages)[D][number]}` }[PassportDirection];
export const stageName = (direction: PassportDirection, stage: FlowStage): PlainKey =>
  `health.${direction}.${stage}` as StageKey;
