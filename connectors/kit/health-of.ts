import { ConnectorError } from '@switchboard/contract';
import type { Health } from '@switchboard/contract';

/** What a look at the provider finds; a ConnectorError on the way is a finding, too. */
export const healthOf = async (look: () => Promise<Health>): Promise<Health> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
};
