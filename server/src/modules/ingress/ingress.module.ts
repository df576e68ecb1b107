import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { ChannelsModule } from '../channels/index.ts';
import { AcceptRaw } from './accept-raw.ts';
import { rawRequestSchema } from './raw-request.schema.ts';
import { RawStore } from './raw-store.ts';
import { TakeFromListeners } from './take-from-listeners.ts';
import { WebhookController } from './webhook.controller.ts';

@Module({
  imports: [ChannelsModule],
  controllers: [WebhookController],
  providers: [collection('rawrequests', rawRequestSchema), AcceptRaw, RawStore, TakeFromListeners],
  exports: [AcceptRaw, RawStore],
})
export class IngressModule {}
