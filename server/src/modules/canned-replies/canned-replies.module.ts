import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { CannedRepliesController } from './canned-replies.controller.ts';
import { CannedReplies } from './canned-replies.ts';
import { cannedReplySchema } from './canned-reply.schema.ts';

@Module({
  controllers: [CannedRepliesController],
  providers: [collection('cannedreplies', cannedReplySchema), CannedReplies],
})
export class CannedRepliesModule {}
