import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { SearchController } from './search.controller.ts';

@Module({ imports: [CustomersModule, TicketsModule], controllers: [SearchController] })
export class SearchModule {}
