import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { RetryMessage } from './retry-message.ts';
import { SendReply } from './send-reply.ts';
import { StartConversation } from './start-conversation.ts';
import { Ways } from './ways.ts';
import { messageView, TicketViews } from '../ticket.view.ts';

@Controller()
export class RepliesController {
  constructor(
    @Inject(SendReply) private readonly send: SendReply,
    @Inject(RetryMessage) private readonly retry: RetryMessage,
    @Inject(StartConversation) private readonly start: StartConversation,
    @Inject(Ways) private readonly ways: Ways,
    @Inject(TicketViews) private readonly views: TicketViews,
  ) {}

  @Operation('tickets.reply')
  async reply(@CalledBy() caller: Caller, @Asked('tickets.reply') { params, body }: Call<Api['tickets.reply']>) {
    return messageView(await this.send.run(caller, params['id'], body));
  }

  @Operation('tickets.retry')
  async again(@CalledBy() caller: Caller, @Asked('tickets.retry') { params }: Call<Api['tickets.retry']>) {
    return messageView(await this.retry.run(caller, params['id'], params['entryId']));
  }

  @Operation('tickets.ways')
  async others(@CalledBy() caller: Caller, @Asked('tickets.ways') { params }: Call<Api['tickets.ways']>) {
    return { ways: await this.ways.of(caller, params['id']) };
  }

  @Operation('tickets.openWay')
  goOn(@CalledBy() caller: Caller, @Asked('tickets.openWay') { params, body }: Call<Api['tickets.openWay']>) {
    return this.ways.open(caller, params['id'], body);
  }

  @Operation('tickets.start')
  async begin(@CalledBy() caller: Caller, @Asked('tickets.start') { body }: Call<Api['tickets.start']>) {
    return this.views.row(caller, await this.start.run(caller, body));
  }
}
