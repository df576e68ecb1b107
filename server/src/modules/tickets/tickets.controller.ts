import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { AddNote } from './managing/add-note.ts';
import { ListTickets } from './reading/list-tickets.ts';
import { MarkSeen } from './managing/mark-seen.ts';
import { ReadTicket } from './reading/read-ticket.ts';
import { SplitTicket } from './managing/split-ticket.ts';
import { TransferTicket } from './managing/transfer-ticket.ts';
import { TicketViews } from './ticket.view.ts';
import { UpdateTicket } from './managing/update-ticket.ts';
import type { NoteEntry } from '@switchboard/contract';
import type { z } from 'zod';
import { entryView } from './ticket.view.ts';

/** What agents do with tickets; what they send to customers is in replies.controller.ts. */
@Controller()
export class TicketsController {
  constructor(
    @Inject(ListTickets) private readonly list: ListTickets,
    @Inject(ReadTicket) private readonly read: ReadTicket,
    @Inject(UpdateTicket) private readonly update: UpdateTicket,
    @Inject(TransferTicket) private readonly transfer: TransferTicket,
    @Inject(AddNote) private readonly addNote: AddNote,
    @Inject(SplitTicket) private readonly split: SplitTicket,
    @Inject(MarkSeen) private readonly markSeen: MarkSeen,
    @Inject(TicketViews) private readonly views: TicketViews,
  ) {}

  @Operation('tickets.list')
  page(@CalledBy() caller: Caller, @Asked('tickets.list') { query }: Call<Api['tickets.list']>) {
    return this.list.page(caller, query);
  }

  @Operation('tickets.counts')
  counts(@CalledBy() caller: Caller) {
    return this.list.counts(caller);
  }

  @Operation('tickets.read')
  detail(@CalledBy() caller: Caller, @Asked('tickets.read') { params }: Call<Api['tickets.read']>) {
    return this.read.detail(caller, params['id']);
  }

  @Operation('tickets.entries')
  entries(@CalledBy() caller: Caller, @Asked('tickets.entries') { params, query }: Call<Api['tickets.entries']>) {
    return this.read.older(caller, params['id'], query.beforeSeq, query.limit);
  }

  @Operation('tickets.update')
  async change(@CalledBy() caller: Caller, @Asked('tickets.update') { params, body }: Call<Api['tickets.update']>) {
    return this.views.row(caller, await this.update.run(caller, params['id'], body));
  }

  @Operation('tickets.transfer')
  async give(@CalledBy() caller: Caller, @Asked('tickets.transfer') { params, body }: Call<Api['tickets.transfer']>) {
    return this.views.row(caller, await this.transfer.run(caller, params['id'], body));
  }

  @Operation('tickets.note')
  async note(@CalledBy() caller: Caller, @Asked('tickets.note') { params, body }: Call<Api['tickets.note']>) {
    return entryView(await this.addNote.run(caller, params['id'], body)) as z.infer<typeof NoteEntry>;
  }

  @Operation('tickets.split')
  async move(@CalledBy() caller: Caller, @Asked('tickets.split') { params }: Call<Api['tickets.split']>) {
    return this.views.row(caller, await this.split.run(caller, params['id'], params['entryId']));
  }

  @Operation('tickets.seen')
  seen(@CalledBy() caller: Caller, @Asked('tickets.seen') { params, body }: Call<Api['tickets.seen']>) {
    return this.markSeen.run(caller, params['id'], body.inboundCount);
  }
}
