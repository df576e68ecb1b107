import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { ListCustomers } from '../customers/index.ts';
import { FindTickets } from '../tickets/index.ts';

@Controller()
export class SearchController {
  constructor(
    @Inject(FindTickets) private readonly tickets: FindTickets,
    @Inject(ListCustomers) private readonly customers: ListCustomers,
  ) {}

  @Operation('search')
  async find(@CalledBy() caller: Caller, @Asked('search') { query }: Call<Api['search']>) {
    const [tickets, customers] = await Promise.all([
      this.tickets.run(caller, query.q, query.limit),
      this.customers.page({ q: query.q, limit: query.limit }),
    ]);
    return { tickets, customers: customers.items };
  }
}
