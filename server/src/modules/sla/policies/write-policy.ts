import { Inject, Injectable } from '@nestjs/common';
import { OPENING_HOURS, type PolicySettings, type PolicyView } from '@switchboard/contract';
import type { FieldProblem } from '../../../platform/errors/hub-error.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Calendars } from '../../calendars/index.ts';
import { Queues } from '../../queues/index.ts';
import { TellChange } from '../tell-change.ts';
import { Policies } from './policies.ts';

/** Policies as people make them: what they name must be there. */
@Injectable()
export class WritePolicy {
  constructor(
    @Inject(Policies) private readonly policies: Policies,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(TellChange) private readonly tell: TellChange,
  ) {}

  async create(caller: Caller, wanted: PolicySettings): Promise<PolicyView> {
    await this.check(wanted);
    const policy = await this.policies.add(wanted);
    await this.tell.run(caller, 'policy.created', policy.id, { ...wanted });
    return policy;
  }

  async change(caller: Caller, id: string, wanted: Partial<PolicySettings>): Promise<PolicyView> {
    await this.check(wanted);
    const policy = await this.policies.change(id, wanted);
    await this.tell.run(caller, 'policy.updated', id, { ...wanted });
    return policy;
  }

  async remove(caller: Caller, id: string): Promise<void> {
    const { name } = (await this.policies.byId(id)) ?? { name: id };
    await this.policies.remove(id);
    await this.tell.run(caller, 'policy.deleted', id, { name });
  }

  async order(caller: Caller, ids: string[]): Promise<{ ids: string[] }> {
    await this.policies.order(ids);
    await this.tell.run(caller, 'policy.ordered', 'policies', { ids });
    return { ids };
  }

  private async check(wanted: Partial<PolicySettings>): Promise<void> {
    const fields = [...(await this.calendarProblem(wanted)), ...(await this.queueProblems(wanted))];
    if (fields.length > 0) throw new HubError('invalid', fields.map(({ message }) => message).join('; '), { fields });
  }

  private async calendarProblem({ calendarId }: Partial<PolicySettings>): Promise<FieldProblem[]> {
    if (calendarId == null || calendarId === OPENING_HOURS) return [];
    if ((await this.calendars.byId(calendarId)) !== null) return [];
    return [{ path: 'calendarId', message: 'There is no such calendar' }];
  }

  private async queueProblems({ when, onWarning, onBreach }: Partial<PolicySettings>): Promise<FieldProblem[]> {
    const known = await this.queues.names();
    const named = [
      ...(when?.queueIds ?? []).map((id, at) => ({ id, path: `when.queueIds.${at}` })),
      { id: onWarning?.queueId ?? null, path: 'onWarning.queueId' },
      { id: onBreach?.queueId ?? null, path: 'onBreach.queueId' },
    ];
    return named
      .filter(({ id }) => id !== null && !known.has(id))
      .map(({ path }) => ({ path, message: 'There is no such queue' }));
  }
}
