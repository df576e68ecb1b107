import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { collection } from '../../platform/database/collection.ts';
import { DecideMany } from './decide-many.ts';
import { quarantineTrySchema } from './quarantine-try.schema.ts';
import { QuarantineController } from './quarantine.controller.ts';
import { Quarantine } from './quarantine.ts';
import { ReplayItem } from './replay-item.ts';
import { TellQuarantine } from './tell-quarantine.ts';
import { Tries } from './tries.ts';

@Module({
  imports: [AuditModule, ChannelsModule, IngressModule, TicketsModule],
  controllers: [QuarantineController],
  providers: [
    collection('quarantinetries', quarantineTrySchema),
    DecideMany,
    Quarantine,
    ReplayItem,
    TellQuarantine,
    Tries,
  ],
  exports: [Quarantine],
})
export class QuarantineModule {}
