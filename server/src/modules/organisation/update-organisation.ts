import { Inject, Injectable } from '@nestjs/common';
import type { Organisation } from '@switchboard/contract';
import { HubError, type FieldProblem } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import type { Bus } from '../../platform/bus/index.ts';
import type { NewId } from '../../platform/clock/clock.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { BUS, NEW_ID } from '../../platform/tokens.ts';
import { Audit } from '../audit/index.ts';
import { isTimeZone, problemOfSpan } from '../calendars/index.ts';
import { Organisations } from './organisations.ts';

/** On the bus: what counts in the organisation's own time counts otherwise now. */
export const OPENING_HOURS_CHANGED = 'opening-hours.changed';

/** On the bus: what an agent can have at once is another. */
export const CAPACITY_CHANGED = 'capacity.changed';

@Injectable()
export class UpdateOrganisation {
  constructor(
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, wanted: Partial<Organisation>): Promise<Organisation> {
    const fields = problemsOf(wanted);
    if (fields.length > 0) throw new HubError('invalid', fields.map(({ message }) => message).join('; '), { fields });
    const organisation = await this.organisations.write(wanted);
    const { hours: _, ...plain } = wanted;
    await this.audit.record({
      caller,
      action: 'organisation.updated',
      subject: 'organisation',
      detail: { fields: Object.keys(wanted), ...plain },
    });
    if (wanted.hours !== undefined || wanted.timeZone !== undefined) await this.publish(OPENING_HOURS_CHANGED);
    if (wanted.capacity !== undefined) await this.publish(CAPACITY_CHANGED);
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'organisation' });
    return organisation;
  }

  private publish(topic: string): Promise<void> {
    return this.bus.publish({ topic, key: 'organisation', id: this.newId(), payload: {} });
  }
}

function problemsOf({ timeZone, hours = [] }: Partial<Organisation>): FieldProblem[] {
  const spans = hours.flatMap((span, index) => {
    const message = problemOfSpan(span);
    return message === null ? [] : [{ path: `hours.${index}`, message }];
  });
  const known = timeZone === undefined || isTimeZone(timeZone);
  return known
    ? spans
    : [{ path: 'timeZone', message: `${timeZone} is not a time zone, such as Europe/Berlin` }, ...spans];
}
