import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { QuarantineController } from './quarantine.controller.ts';
import { Quarantine } from './quarantine.ts';

@Module({
  imports: [AuditModule, ChannelsModule, IngressModule],
  controllers: [QuarantineController],
  providers: [Quarantine],
})
export class QuarantineModule {}
