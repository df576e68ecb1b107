import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { flowTimeSchema } from './flow-time.schema.ts';
import { FlowController } from './flow.controller.ts';
import { FlowTimes } from './flow-times.ts';
import { ReadFlow } from './read-flow.ts';

@Module({
  controllers: [FlowController],
  providers: [collection('flowtimes', flowTimeSchema), FlowTimes, ReadFlow],
  exports: [FlowTimes],
})
export class FlowModule {}
