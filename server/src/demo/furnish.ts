import type { SimulatedAccount } from '@switchboard/connectors/simulator';
import { api, type AgentView } from '@switchboard/contract';
import { AcceptInvitation } from '../modules/agents/invitations/accept-invitation.ts';
import { InviteAgent } from '../modules/agents/invitations/invite-agent.ts';
import { WriteQueue } from '../modules/agents/queues/write-queue.ts';
import { SetUp } from '../modules/agents/sessions/set-up.ts';
import { UpdateAgent } from '../modules/agents/update-agent.ts';
import { CannedReplies } from '../modules/canned-replies/canned-replies.ts';
import { SaveAccount } from '../modules/channels/save-account.ts';
import { UpdateOrganisation } from '../modules/organisation/update-organisation.ts';
import { Queues } from '../modules/queues/index.ts';
import { WritePolicy } from '../modules/sla/policies/write-policy.ts';
import type { Caller } from '../platform/http/hub-request.ts';
import type { BackOffice } from './back-office.ts';
import { cannedReplies, demoPassword, promises, queues, team } from './team.ts';

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
  await office.the(UpdateAgent).run(administrator, made._id, { queueIds: idsOf(first.queues) });
  const members: Caller[] = [];
  for (const { name, email, role, queues: names } of others) {
    const { agent, link } = await office
      .the(InviteAgent)
      .run(administrator, { name, email, role, queueIds: idsOf(names) });
    await office.the(AcceptInvitation).run(link.split('/').at(-1) ?? '', { name, password: demoPassword });
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
  const [first, ...others] = queues;
  const { id } = await office.the(Queues).default();
  await office.the(WriteQueue).change(administrator, id, { ...first });
  const ids = new Map([[first.name as string, id]]);
  for (const queue of others)
    ids.set(queue.name, (await office.the(WriteQueue).create(administrator, { ...queue, agentIds: [] })).id);
  return ids;
}

async function makePolicies(
  office: BackOffice,
  administrator: Caller,
  queueIds: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { name } of queues) {
    const when = { queueIds: [queueIds.get(name) ?? ''], priorities: [], tags: [], attributes: [] };
    const usual = api['policies.create'].body.parse({ name, when, targets: promises[name] });
    await office.the(WritePolicy).create(administrator, usual);
  }
}
