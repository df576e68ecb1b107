import { perChannel, type Capacity, type ChannelKind } from '@switchboard/contract';

/** The capacity as it is typed: every number as its text. */
export interface CapacityDraft {
  perAgent: string;
  channels: Record<ChannelKind, { weight: string; exclusive: boolean; idle: string; wrapUp: string; returns: string }>;
}

export const draftOf = ({ perAgent, channels }: Capacity): CapacityDraft => ({
  perAgent: String(perAgent),
  channels: perChannel((channel) => {
    const { weight, exclusive, idleMinutes, wrapUpSeconds, returnSeconds } = channels[channel];
    return {
      weight: String(weight),
      exclusive,
      idle: idleMinutes?.toString() ?? '',
      wrapUp: wrapUpSeconds?.toString() ?? '',
      returns: returnSeconds?.toString() ?? '',
    };
  }),
});

export const capacityOf = ({ perAgent, channels }: CapacityDraft): Capacity => ({
  perAgent: numberOf(perAgent) ?? 0,
  channels: perChannel((channel) => {
    const { weight, exclusive, idle, wrapUp, returns } = channels[channel];
    return {
      weight: numberOf(weight) ?? 0,
      exclusive,
      idleMinutes: numberOf(idle),
      wrapUpSeconds: numberOf(wrapUp),
      returnSeconds: numberOf(returns),
    };
  }),
});

/** null: nothing is typed. A comma is a point to many. */
export const numberOf = (typed: string): number | null =>
  typed.trim() === '' ? null : Number(typed.trim().replace(',', '.'));

/** Of an input that takes a number such as 0.34. */
export const decimal = { inputmode: 'decimal', pattern: '\\s*\\d+([.,]\\d+)?\\s*', maxlength: 8 } as const;
