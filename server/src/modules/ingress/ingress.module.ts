import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { ChannelsModule } from '../channels/index.ts';
import { AcceptRaw } from './accept-raw.ts';
import { Admission } from './admission.ts';
import { rawRequestSchema } from './raw-request.schema.ts';
import { RawStore } from './raw-store.ts';
import { RefuseEarly } from './refuse-early.ts';
import { TakeFromListeners } from './take-from-listeners.ts';
import { WebhookController } from './webhook.controller.ts';

@Module({
  imports: [ChannelsModule],
  controllers: [WebhookController],
  providers: [
    collection('rawrequests', rawRequestSchema),
    AcceptRaw,
    Admission,
    RawStore,
    RefuseEarly,
    TakeFromListeners,
  ],
  exports: [AcceptRaw, RawStore],
})
export class IngressModule {}
