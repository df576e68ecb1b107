import { Controller, Inject, Ip, Res } from '@nestjs/common';
import type { Api, Call, Me } from '@switchboard/contract';
import type { Caller, HubReply } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { Organisations } from '../../organisation/index.ts';
import type { Agent } from '../agent.schema.ts';
import { Agents } from '../agents.ts';
import { Sessions } from './sessions.ts';
import { SetUp } from './set-up.ts';
import { SignIn } from './sign-in.ts';
import { SignOut } from './sign-out.ts';

@Controller()
export class SessionController {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SetUp) private readonly setUp: SetUp,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(SignOut) private readonly signOut: SignOut,
  ) {}

  @Operation('setup.state')
  async state() {
    return { needed: await this.setUp.needed(), organisation: (await this.organisations.read()).name };
  }

  @Operation('setup.create')
  async create(
    @Asked('setup.create') { body }: Call<Api['setup.create']>,
    @Res({ passthrough: true }) reply: HubReply,
  ) {
    return this.enter(await this.setUp.run(body), reply);
  }

  @Operation('session.read')
  read(@CalledBy() caller: Caller) {
    return this.agents.me(caller.id);
  }

  @Operation('session.signIn')
  async start(
    @Asked('session.signIn') { body }: Call<Api['session.signIn']>,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: HubReply,
  ) {
    return this.enter(await this.signIn.run(body, address), reply);
  }

  @Operation('session.signOut')
  async end(@CalledBy() caller: Caller, @Res({ passthrough: true }) reply: HubReply) {
    await this.signOut.run(caller);
    reply.header('set-cookie', this.sessions.cookie(''));
  }

  private async enter(agent: Agent, reply: HubReply): Promise<Me> {
    reply.header('set-cookie', await this.sessions.start(agent._id));
    return this.agents.ownView(agent);
  }
}
