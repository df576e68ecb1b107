import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { QuarantineController } from './quarantine.controller.ts';
import { Quarantine } from './quarantine.ts';
import { ReplayItem } from './replay-item.ts';
import { TellQuarantine } from './tell-quarantine.ts';

@Module({
  imports: [AuditModule, ChannelsModule, IngressModule, TicketsModule],
  controllers: [QuarantineController],
  providers: [Quarantine, ReplayItem, TellQuarantine],
  exports: [Quarantine],
})
export class QuarantineModule {}
