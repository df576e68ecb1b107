import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import { Asked, Operation } from '../../platform/http/operation.ts';
import { CannedReplies } from './canned-replies.ts';

@Controller()
export class CannedRepliesController {
  constructor(@Inject(CannedReplies) private readonly replies: CannedReplies) {}

  @Operation('cannedReplies.list')
  list(@Asked('cannedReplies.list') { query }: Call<Api['cannedReplies.list']>) {
    return this.replies.page(query);
  }

  @Operation('cannedReplies.create')
  create(@Asked('cannedReplies.create') { body }: Call<Api['cannedReplies.create']>) {
    return this.replies.add(body);
  }

  @Operation('cannedReplies.update')
  change(@Asked('cannedReplies.update') { params, body }: Call<Api['cannedReplies.update']>) {
    return this.replies.change(params['id'] ?? '', body);
  }

  @Operation('cannedReplies.delete')
  remove(@Asked('cannedReplies.delete') { params }: Call<Api['cannedReplies.delete']>) {
    return this.replies.remove(params['id'] ?? '');
  }
}
