import { Module } from '@nestjs/common';
import { RoutingModule } from '../routing/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { PassportController } from './passport.controller.ts';
import { ReadPassport } from './read-passport.ts';

@Module({ imports: [RoutingModule, TicketsModule], controllers: [PassportController], providers: [ReadPassport] })
export class PassportModule {}
