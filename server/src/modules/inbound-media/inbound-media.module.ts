import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { MediaModule } from '../media/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { FetchMedia } from './fetch-media.ts';
import { FetchPicture } from './fetch-picture.ts';
import { MediaConsumer } from './media.consumer.ts';

@Module({
  imports: [ChannelsModule, CustomersModule, IngressModule, MediaModule, TicketsModule],
  providers: [FetchMedia, FetchPicture, MediaConsumer],
})
export class InboundMediaModule {}
