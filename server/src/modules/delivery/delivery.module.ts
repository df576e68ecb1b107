import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/index.ts';
import { FlowModule } from '../flow/index.ts';
import { MediaModule } from '../media/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { DeliverAmendment } from './deliver-amendment.ts';
import { DeliverMessage } from './deliver-message.ts';
import { DeliveryConsumer } from './delivery.consumer.ts';
import { Pace } from './pace.ts';

@Module({
  imports: [ChannelsModule, FlowModule, MediaModule, TicketsModule],
  providers: [DeliverAmendment, DeliverMessage, DeliveryConsumer, Pace],
})
export class DeliveryModule {}
