import { Controller, Inject, Req } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller, HubRequest } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { Agents } from '../agents.ts';
import { ChangePassword } from './change-password.ts';
import { ChangePicture } from './change-picture.ts';
import { UpdateMe } from './update-me.ts';

@Controller()
export class MeController {
  constructor(
    @Inject(UpdateMe) private readonly update: UpdateMe,
    @Inject(ChangePicture) private readonly picture: ChangePicture,
    @Inject(ChangePassword) private readonly password: ChangePassword,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  @Operation('me.update')
  change(@CalledBy() caller: Caller, @Asked('me.update') { body }: Call<Api['me.update']>) {
    return this.update.profile(caller, body);
  }

  @Operation('me.setPicture')
  async setPicture(@CalledBy() caller: Caller, @Req() request: HubRequest) {
    return this.agents.ownView(await this.picture.set(caller, caller.id, request));
  }

  @Operation('me.removePicture')
  async removePicture(@CalledBy() caller: Caller) {
    return this.agents.ownView(await this.picture.remove(caller, caller.id));
  }

  @Operation('me.changePassword')
  changePassword(@CalledBy() caller: Caller, @Asked('me.changePassword') { body }: Call<Api['me.changePassword']>) {
    return this.password.run(caller, body);
  }
}
