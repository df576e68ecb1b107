import { Inject, Injectable } from '@nestjs/common';
import type { Desk } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Agents, type Agent } from '../../agents/index.ts';
import { linkId, type DeskLink } from './desk-link.schema.ts';

export type AtDesk = { known: true; caller: Caller } | { known: false; name: string };

/** Which agent somebody at a desk is: who has said so in the console, or whose address the provider vouches for. */
@Injectable()
export class DeskAgents {
  constructor(
    @Inject('desklinks') private readonly links: Model<DeskLink>,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  async of(accountId: string, desk: Desk, personId: string): Promise<AtDesk> {
    const link = await this.links.findById(linkId(accountId, personId)).lean<DeskLink>();
    if (link !== null) return standing(await this.agents.byId(link.agentId), accountId, personId);
    const { name, email } = await desk.person(personId);
    const agent = email === undefined ? null : await this.agents.byEmail(email);
    return standing(agent, accountId, name);
  }
}

/** What they may do is read anew with each thing that they do. */
function standing(agent: Agent | null, accountId: string, name: string): AtDesk {
  if (agent === null || !agent.active || agent.passwordHash === null) return { known: false, name };
  const { _id: id, role, queueIds } = agent;
  return { known: true, caller: { id, name: agent.name, role, queueIds, sessionId: `desk:${accountId}` } };
}
