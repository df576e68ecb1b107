import { describe, expect, it } from '@jest/globals';
import { pastConversations, type PastConversation } from './past.ts';
import { Random } from './random.ts';

const now = new Date('2026-03-02T10:00:00.000Z');
const tell = (seed: number): PastConversation[] =>
  pastConversations(200, { now, random: new Random(seed), webhookUrlOf: (key) => `http://hub/webhooks/${key}` });
const endOf = ({ steps }: PastConversation) => steps.flatMap((step) => (step.type === 'ended' ? [step.as] : [])).at(-1);

describe('the past of the demo', () => {
  const past = tell(1);

  it('has as many conversations as asked for, most of them resolved and some still open', () => {
    expect(past).toHaveLength(200);
    const resolved = past.filter((one) => endOf(one) === 'resolved').length;
    expect(resolved).toBeGreaterThan(160);
    expect(resolved).toBeLessThan(190);
  });

  it.each([1, 2, 3, 4])(
    'lies in the last twenty-nine days, each conversation in the order of its time (%i)',
    (seed) => {
      for (const { steps } of tell(seed)) {
        const times = steps.map(({ at }) => at.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(Math.min(...times)).toBeGreaterThan(now.getTime() - 29 * 86_400_000);
        expect(Math.max(...times)).toBeLessThan(now.getTime());
      }
    },
  );

  it('begins each conversation with the customer, and tells the same twice', () => {
    expect(past.every(({ steps }) => steps[0]?.type === 'arrives')).toBe(true);
    expect(JSON.stringify(tell(1))).toBe(JSON.stringify(tell(1)));
  });

  it('comes to every kind of door', async () => {
    const first = await Promise.all(
      past.slice(0, 60).map(({ steps: [step] }) => (step?.type === 'arrives' ? step.arrival() : undefined)),
    );
    expect(new Set(first.map((arrival) => arrival?.door))).toEqual(new Set(['webhook', 'visitor', 'listener']));
  });
});
