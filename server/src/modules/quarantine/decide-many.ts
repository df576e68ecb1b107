import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import type { Log } from '../../platform/log/log.ts';
import { LOG } from '../../platform/tokens.ts';
import { Quarantine } from './quarantine.ts';
import { ReplayItem } from './replay-item.ts';

export interface Outcome {
  readonly ok: boolean;
  readonly message: string;
}

/** The same decision on several items, one after the other: one that can't be done holds up none of the others. */
@Injectable()
export class DecideMany {
  constructor(
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(ReplayItem) private readonly replayItem: ReplayItem,
    @Inject(LOG) private readonly log: Log,
  ) {}

  replay(caller: Caller, ids: readonly string[]) {
    return this.each(ids, (id) => this.replayItem.run(caller, id, undefined));
  }

  discard(caller: Caller, ids: readonly string[]) {
    return this.each(ids, async (id) => {
      await this.quarantine.discard(caller, id);
      return { ok: true, message: 'Discarded.' };
    });
  }

  private async each(ids: readonly string[], decide: (id: string) => Promise<Outcome>) {
    const results: ({ id: string } & Outcome)[] = [];
    for (const id of new Set(ids))
      results.push({ id, ...(await decide(id).catch((error: unknown) => this.failed(id, error))) });
    return { results };
  }

  private failed(id: string, error: unknown): Outcome {
    if (error instanceof HubError) return { ok: false, message: `${error.message}.` };
    this.log.error('An item of the quarantine could not be decided on', { id, error });
    return { ok: false, message: 'The hub failed; the log says why.' };
  }
}
