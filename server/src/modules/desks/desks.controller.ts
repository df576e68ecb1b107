import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { DeskLinks } from './linking/desk-links.ts';
import { SaveMirrors } from './mirroring/save-mirrors.ts';

@Controller()
export class DesksController {
  constructor(
    @Inject(SaveMirrors) private readonly mirrors: SaveMirrors,
    @Inject(DeskLinks) private readonly links: DeskLinks,
  ) {}

  @Operation('desks.read')
  read(@Asked('desks.read') { params }: Call<Api['desks.read']>) {
    return this.mirrors.read(params['id'] ?? '');
  }

  @Operation('desks.update')
  update(@CalledBy() caller: Caller, @Asked('desks.update') { params, body }: Call<Api['desks.update']>) {
    return this.mirrors.save(caller, params['id'] ?? '', body.mirrors);
  }

  @Operation('desks.invitation')
  invitation(@CalledBy() caller: Caller, @Asked('desks.invitation') { body }: Call<Api['desks.invitation']>) {
    return this.links.read(caller, body.token);
  }

  @Operation('desks.link')
  link(@CalledBy() caller: Caller, @Asked('desks.link') { body }: Call<Api['desks.link']>) {
    return this.links.link(caller, body.token);
  }

  @Operation('desks.unlink')
  unlink(@CalledBy() caller: Caller, @Asked('desks.unlink') { body }: Call<Api['desks.unlink']>) {
    return this.links.unlink(caller, body.id);
  }

  @Operation('desks.links')
  list(@CalledBy() caller: Caller, @Asked('desks.links') { query }: Call<Api['desks.links']>) {
    return this.links.list(caller, query);
  }
}
