import type { Day, SimulatedAccount } from '@switchboard/connectors/simulator';
import {
  api,
  DEFAULT_CAPACITY,
  DEFAULT_FEEDBACK,
  DEFAULT_QUEUE_ROUTING,
  type AgentView,
  type Capacity,
  type QueueRouting,
} from '@switchboard/contract';
import { AcceptInvitation } from '../modules/agents/invitations/accept-invitation.ts';
import { InviteAgent } from '../modules/agents/invitations/invite-agent.ts';
import { WriteQueue } from '../modules/agents/queues/write-queue.ts';
import { SetUp } from '../modules/agents/sessions/set-up.ts';
import { UpdateAgent } from '../modules/agents/update-agent.ts';
import { CannedReplies } from '../modules/canned-replies/canned-replies.ts';
import { SaveAccount } from '../modules/channels/save-account.ts';
import { Organisations } from '../modules/organisation/index.ts';
import { UpdateOrganisation } from '../modules/organisation/update-organisation.ts';
import { Queues } from '../modules/queues/index.ts';
import { Policies } from '../modules/sla/policies/policies.ts';
import { WritePolicy } from '../modules/sla/policies/write-policy.ts';
import { WriteCalendar } from '../modules/sla/write-calendar.ts';
import type { Caller } from '../platform/http/hub-request.ts';
import type { BackOffice } from './back-office.ts';
import { cannedReplies, demoPassword, officeHours, queues, team } from './team.ts';

const { webchat } = DEFAULT_CAPACITY.channels;
const capacity: Capacity = {
  ...DEFAULT_CAPACITY,
  channels: { ...DEFAULT_CAPACITY.channels, webchat: { ...webchat, wrapUpSeconds: 10 } },
};

/** Few people live in the demo, and each comes often. */
const feedback = { ...DEFAULT_FEEDBACK, on: true, daysBetween: 1 };

/** Who and what the centre has; ids by name. */
export interface Furnished {
  readonly administrator: Caller;
  readonly members: readonly Caller[];
  readonly queueIds: ReadonlyMap<string, string>;
  readonly accountIds: Readonly<Record<string, string>>;
}

export const callerOf = ({
  id,
  name,
  role,
  queueIds,
}: Pick<AgentView, 'id' | 'name' | 'role' | 'queueIds'>): Caller => ({
  ...{ id, name, role, queueIds },
  sessionId: 'demo',
});

/** Who changes the accounts of a demo that is there already. */
export const demoAdministrator: Caller = callerOf({ id: '', name: 'Demo', role: 'administrator', queueIds: [] });

/** A small centre, set up as its administrator would. */
export async function furnish(
  office: BackOffice,
  organisation: string,
  accounts: readonly SimulatedAccount[],
): Promise<Furnished> {
  const [first, ...others] = team;
  const made = await office
    .the(SetUp)
    .run({ organisation, name: first.name, email: first.email, password: demoPassword });
  const administrator = callerOf({ ...made, id: made._id });
  await office.the(UpdateOrganisation).run(administrator, { reopenWithinHours: 72 });
  const queueIds = await makeQueues(office, administrator);
  await makePolicies(office, administrator, queueIds);
  const idsOf = (names: readonly string[]) => names.flatMap((name) => queueIds.get(name) ?? []);
  const { skills } = first;
  await office.the(UpdateAgent).run(administrator, made._id, { queueIds: idsOf(first.queues), skills: [...skills] });
  const members: Caller[] = [];
  for (const { name, email, role, queues: names, ...member } of others) {
    const { agent, link } = await office
      .the(InviteAgent)
      .run(administrator, { name, email, role, queueIds: idsOf(names) });
    await office.the(AcceptInvitation).run(link.split('/').at(-1) ?? '', { name, password: demoPassword });
    // Who is played leaves room for whoever looks at it.
    const own = { skills: [...member.skills], ...(member.shift && { capacity: 4 }) };
    await office.the(UpdateAgent).run(administrator, agent.id, own);
    members.push(callerOf(agent));
  }
  for (const reply of cannedReplies) await office.the(CannedReplies).add(reply);
  const accountIds: Record<string, string> = {};
  for (const { key, connectorId, name, queue, settings } of accounts) {
    const wanted = { connectorId, name, settings, queueId: queueIds.get(queue) };
    accountIds[key] = (await office.the(SaveAccount).create(administrator, wanted))._id;
  }
  return { administrator, members, queueIds, accountIds };
}

/** The queue that every new centre has becomes the first. */
async function makeQueues(office: BackOffice, administrator: Caller): Promise<Map<string, string>> {
  const { id } = await office.the(Queues).default();
  const { timeZone } = await office.the(Organisations).read();
  const calendar = await office.the(WriteCalendar).create(administrator, { ...officeHours, timeZone });
  const ids = new Map<string, string>();
  for (const { name, required, preferred, relax, hasHours } of queues) {
    const routing: QueueRouting = {
      ...DEFAULT_QUEUE_ROUTING,
      ...{ required: [...required], preferred: [...preferred], relax },
      ...(hasHours && {
        hours: { calendarId: calendar.id, whenClosed: 'overflow' as const },
        overflow: [{ afterSeconds: null, does: 'offer' as const, queueIds: [id] }],
      }),
      // Whoever only watches is away after the first one that they let pass.
      offers: { webchat: { seconds: 20, missed: 'away' } },
    };
    const isFirst = ids.size === 0;
    if (isFirst) await office.the(WriteQueue).change(administrator, id, { name, routing, feedback });
    const made = isFirst
      ? { id }
      : await office.the(WriteQueue).create(administrator, { name, routing, feedback, agentIds: [] });
    ids.set(name, made.id);
  }
  return ids;
}

async function makePolicies(
  office: BackOffice,
  administrator: Caller,
  queueIds: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { name, promises } of queues) {
    const when = { queueIds: [queueIds.get(name) ?? ''], priorities: [], tags: [], attributes: [] };
    const usual = api['policies.create'].body.parse({ name, when, targets: promises });
    await office.the(WritePolicy).create(administrator, usual);
  }
}

/** What is counted in minutes is as long as the day that is played has it: of promises, and until an answered one is no load. */
export async function keepPace(office: BackOffice, day: Day | null): Promise<void> {
  const scale = day === null ? 1 : day.scale;
  const scaled = <Minutes extends number | null | undefined>(minutes: Minutes) =>
    minutes && Math.max(1, Math.round(minutes * scale));
  const stored = await office.the(Policies).all();
  for (const { name, promises } of queues) {
    const policy = stored.find((one) => one.name === name);
    if (policy === undefined) continue;
    const { firstResponse, nextResponse, resolution } = promises;
    const targets = {
      firstResponse: scaled(firstResponse),
      nextResponse: scaled(nextResponse),
      resolution: scaled(resolution),
    };
    await office.the(WritePolicy).change(demoAdministrator, policy._id, { targets });
  }
  for (const { id, feedback: kept } of await office.the(Queues).all())
    await office.the(WriteQueue).change(demoAdministrator, id, {
      feedback: { ...kept, delayMinutes: scaled(DEFAULT_FEEDBACK.delayMinutes) },
    });
  const channels = Object.entries(capacity.channels).map(([channel, load]) => [
    channel,
    { ...load, idleMinutes: scaled(load.idleMinutes) },
  ]);
  const paced = { ...capacity, channels: Object.fromEntries(channels) as Capacity['channels'] };
  await office.the(UpdateOrganisation).run(demoAdministrator, { capacity: paced });
}
