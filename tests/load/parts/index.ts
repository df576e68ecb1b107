import { embeddedPair } from '../drivers/profiles.ts';
import type { Part } from './part.ts';
import { measureWebhook } from './webhook.ts';

/** `npm run bench -- NAME …` runs some of them. */
export const parts: Record<string, Part> = {
  webhook: {
    title: 'Signed webhook → agent’s console, embedded profile',
    async run(scale) {
      const pair = await embeddedPair();
      try {
        return await measureWebhook(pair, { p50: 2, p99: 3 }, scale);
      } finally {
        await pair.stop();
      }
    },
  },
};
