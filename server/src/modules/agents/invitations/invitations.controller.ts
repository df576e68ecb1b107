import { Controller, Inject, Ip, Res } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller, HubReply } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { Organisations } from '../../organisation/index.ts';
import { Agents } from '../agents.ts';
import { Sessions } from '../sessions/sessions.ts';
import { SignIn } from '../sessions/sign-in.ts';
import { AcceptInvitation } from './accept-invitation.ts';
import { InviteAgent } from './invite-agent.ts';

@Controller()
export class InvitationsController {
  constructor(
    @Inject(InviteAgent) private readonly invite: InviteAgent,
    @Inject(AcceptInvitation) private readonly accept: AcceptInvitation,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  @Operation('invitations.create')
  create(@CalledBy() caller: Caller, @Asked('invitations.create') { body }: Call<Api['invitations.create']>) {
    return this.invite.run(caller, body);
  }

  @Operation('invitations.read')
  async read(@Asked('invitations.read') { params }: Call<Api['invitations.read']>) {
    const { email, name } = await this.accept.invited(params['token'] ?? '');
    return { email, name, organisation: (await this.organisations.read()).name };
  }

  @Operation('invitations.accept')
  async enter(
    @Asked('invitations.accept') { params, body }: Call<Api['invitations.accept']>,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: HubReply,
  ) {
    await this.signIn.slowDown(`invitation:address:${address}`, 100);
    const agent = await this.accept.run(params['token'] ?? '', body);
    reply.header('set-cookie', await this.sessions.start(agent._id));
    return this.agents.ownView(agent);
  }
}
