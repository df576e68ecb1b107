import { Controller, Inject } from '@nestjs/common';
import type { Api, Call, CallView } from '@switchboard/contract';
import type { Page } from '../../platform/database/page.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { callView } from './call.view.ts';
import { Calls } from './calls.ts';
import { CallAccess } from './controlling/call-access.ts';
import { CallLines } from './controlling/call-lines.ts';
import { HandleCall } from './controlling/handle-call.ts';
import { Listen } from './controlling/listen.ts';
import { StartCall } from './controlling/start-call.ts';
import { TransferCall } from './controlling/transfer-call.ts';
import { WrapUpCall } from './controlling/wrap-up-call.ts';
import { SaidInCalls } from './following/said-in-calls.ts';
import { Menus } from './menu/menus.ts';

@Controller()
export class CallsController {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(SaidInCalls) private readonly saying: SaidInCalls,
    @Inject(CallLines) private readonly lines: CallLines,
    @Inject(StartCall) private readonly starting: StartCall,
    @Inject(HandleCall) private readonly handle: HandleCall,
    @Inject(Listen) private readonly listening: Listen,
    @Inject(TransferCall) private readonly transferring: TransferCall,
    @Inject(WrapUpCall) private readonly wrapping: WrapUpCall,
    @Inject(Menus) private readonly menus: Menus,
  ) {}

  @Operation('calls.mine')
  async mine(
    @CalledBy() caller: Caller,
    @Asked('calls.mine') { query }: Call<Api['calls.mine']>,
  ): Promise<Page<CallView>> {
    const found = await this.calls.ofAgent(caller.id, query);
    const items = found.slice(0, query.limit).map(callView);
    const next = found.length > query.limit ? (items.at(-1)?.id ?? null) : null;
    // With the first page: those that one is asked into.
    const asked = query.cursor === undefined ? (await this.calls.askedOf(caller.id)).map(callView) : [];
    return { items: [...items, ...asked], next };
  }

  @Operation('calls.line')
  line(@CalledBy() caller: Caller, @Asked('calls.line') { params }: Call<Api['calls.line']>) {
    return this.lines.own(caller, params['id']);
  }

  @Operation('calls.listen')
  listen(@CalledBy() caller: Caller, @Asked('calls.listen') { params, body }: Call<Api['calls.listen']>) {
    return this.listening.run(caller, params['id'], body.as);
  }

  @Operation('calls.unable')
  unable(@CalledBy() caller: Caller, @Asked('calls.unable') { params }: Call<Api['calls.unable']>) {
    return this.handle.unable(caller, params['id']);
  }

  @Operation('calls.start')
  start(@CalledBy() caller: Caller, @Asked('calls.start') { body }: Call<Api['calls.start']>) {
    return this.starting.run(caller, body);
  }

  @Operation('calls.hold')
  hold(@CalledBy() caller: Caller, @Asked('calls.hold') { params, body }: Call<Api['calls.hold']>) {
    return this.handle.hold(caller, params['id'], body.on);
  }

  @Operation('calls.record')
  record(@CalledBy() caller: Caller, @Asked('calls.record') { params, body }: Call<Api['calls.record']>) {
    return this.handle.record(caller, params['id'], body.on);
  }

  @Operation('calls.transfer')
  transfer(@CalledBy() caller: Caller, @Asked('calls.transfer') { params, body }: Call<Api['calls.transfer']>) {
    return this.transferring.run(caller, params['id'], body);
  }

  @Operation('calls.hangUp')
  hangUp(@CalledBy() caller: Caller, @Asked('calls.hangUp') { params }: Call<Api['calls.hangUp']>) {
    return this.handle.hangUp(caller, params['id']);
  }

  @Operation('calls.said')
  async said(@CalledBy() caller: Caller, @Asked('calls.said') { params, query }: Call<Api['calls.said']>) {
    return this.saying.page(await this.access.ofColleague(caller, params['id']), query);
  }

  @Operation('calls.wrapUpQuestion')
  wrapUpQuestion(
    @CalledBy() caller: Caller,
    @Asked('calls.wrapUpQuestion') { params }: Call<Api['calls.wrapUpQuestion']>,
  ) {
    return this.wrapping.question(caller, params['id']);
  }

  @Operation('calls.wrapUp')
  wrapUp(@CalledBy() caller: Caller, @Asked('calls.wrapUp') { params, body }: Call<Api['calls.wrapUp']>) {
    return this.wrapping.run(caller, params['id'], body);
  }

  @Operation('callMenus.read')
  menu(@Asked('callMenus.read') { params }: Call<Api['callMenus.read']>) {
    return this.menus.read(params['id'] ?? '');
  }

  @Operation('callMenus.write')
  writeMenu(@CalledBy() caller: Caller, @Asked('callMenus.write') { params, body }: Call<Api['callMenus.write']>) {
    return this.menus.write(caller, params['id'] ?? '', body);
  }

  @Operation('callMenus.check')
  async checkMenu(@Asked('callMenus.check') { params, body }: Call<Api['callMenus.check']>) {
    return { problems: await this.menus.check(params['id'] ?? '', body) };
  }

  @Operation('callMenus.hear')
  async hearMenu(@Asked('callMenus.hear') { params, body }: Call<Api['callMenus.hear']>) {
    return { heard: await this.menus.hear(params['id'] ?? '', body) };
  }
}
