import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { queueSchema } from './queue.schema.ts';
import { Queues } from './queues.ts';

/** The queues themselves. Their HTTP side shows who is in them and is therefore part of `agents`, which knows. */
@Module({ providers: [collection('queues', queueSchema), Queues], exports: [Queues] })
export class QueuesModule {}
