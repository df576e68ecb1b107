import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { messageView, noteView } from '../ticket.view.ts';
import { AmendMessage } from './amend-message.ts';
import { AmendNote } from './amend-note.ts';
import { ReadVersions } from './read-versions.ts';
import { RetryAmendment } from './retry-amendment.ts';

/** What becomes of messages and notes that are there already. */
@Controller()
export class AmendmentsController {
  constructor(
    @Inject(AmendMessage) private readonly amend: AmendMessage,
    @Inject(RetryAmendment) private readonly standing: RetryAmendment,
    @Inject(AmendNote) private readonly notes: AmendNote,
    @Inject(ReadVersions) private readonly versions: ReadVersions,
  ) {}

  @Operation('messages.amend')
  async change(@CalledBy() caller: Caller, @Asked('messages.amend') { params, body }: Call<Api['messages.amend']>) {
    return messageView(await this.amend.run(caller, params['id'], params['entryId'], body));
  }

  @Operation('messages.retryAmendment')
  async again(
    @CalledBy() caller: Caller,
    @Asked('messages.retryAmendment') { params }: Call<Api['messages.retryAmendment']>,
  ) {
    return messageView(await this.standing.retry(caller, params));
  }

  @Operation('messages.dropAmendment')
  async leave(
    @CalledBy() caller: Caller,
    @Asked('messages.dropAmendment') { params }: Call<Api['messages.dropAmendment']>,
  ) {
    return messageView(await this.standing.drop(caller, params));
  }

  @Operation('entries.versions')
  async earlier(@CalledBy() caller: Caller, @Asked('entries.versions') { params }: Call<Api['entries.versions']>) {
    return { versions: await this.versions.of(caller, params) };
  }

  @Operation('notes.edit')
  async edit(@CalledBy() caller: Caller, @Asked('notes.edit') { params, body }: Call<Api['notes.edit']>) {
    return noteView(await this.notes.edit(caller, params, body));
  }

  @Operation('notes.delete')
  async delete(@CalledBy() caller: Caller, @Asked('notes.delete') { params }: Call<Api['notes.delete']>) {
    return noteView(await this.notes.delete(caller, params));
  }
}
