import type { Call, Moment } from '../call.schema.ts';

const MOST_MOMENTS = 200;
export const noted = (call: Pick<Call, 'moments'>, moment: Moment): Pick<Call, 'moments'> => ({
  moments: [...call.moments, moment].slice(-MOST_MOMENTS),
});
