import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { Queues } from '../../queues/index.ts';

@Injectable()
export class KnownQueues {
  constructor(@Inject(Queues) private readonly queues: Queues) {}

  async check(ids: readonly string[], path = 'queueIds'): Promise<void> {
    const known = await this.queues.names(ids);
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length === 0) return;
    const message = `There is no queue ${unknown.join(', ')}`;
    throw new HubError('invalid', message, { fields: [{ path, message }] });
  }

  /** Where somebody works whom nobody has placed. */
  async orDefault(ids: readonly string[]): Promise<string[]> {
    await this.check(ids);
    return ids.length > 0 ? [...ids] : [(await this.queues.default()).id];
  }
}
