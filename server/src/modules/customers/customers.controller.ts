import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { Customers } from './customers.ts';
import { ListCustomers } from './list-customers.ts';
import { UpdateCustomer } from './update-customer.ts';

@Controller()
export class CustomersController {
  constructor(
    @Inject(Customers) private readonly customers: Customers,
    @Inject(ListCustomers) private readonly list: ListCustomers,
    @Inject(UpdateCustomer) private readonly update: UpdateCustomer,
  ) {}

  @Operation('customers.list')
  page(@Asked('customers.list') { query }: Call<Api['customers.list']>) {
    return this.list.page(query);
  }

  @Operation('customers.read')
  read(@Asked('customers.read') { params }: Call<Api['customers.read']>) {
    return this.customers.view(params['id'] ?? '');
  }

  @Operation('customers.update')
  change(@CalledBy() caller: Caller, @Asked('customers.update') { params, body }: Call<Api['customers.update']>) {
    return this.update.run(caller, params['id'] ?? '', body);
  }
}
