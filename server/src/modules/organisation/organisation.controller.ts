import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { Organisations } from './organisations.ts';
import { UpdateOrganisation } from './update-organisation.ts';

@Controller()
export class OrganisationController {
  constructor(
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(UpdateOrganisation) private readonly update: UpdateOrganisation,
  ) {}

  @Operation('organisation.read')
  read() {
    return this.organisations.read();
  }

  @Operation('organisation.update')
  change(@CalledBy() caller: Caller, @Asked('organisation.update') { body }: Call<Api['organisation.update']>) {
    return this.update.run(caller, body);
  }
}
