import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { calendarSchema } from './calendar.schema.ts';
import { Calendars } from './calendars.ts';

/** Business calendars. Their HTTP side is part of `sla`, which knows what depends on them. */
@Module({ providers: [collection('calendars', calendarSchema), Calendars], exports: [Calendars] })
export class CalendarsModule {}
