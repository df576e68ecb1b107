import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AuditModule } from '../audit/index.ts';
import { MediaModule } from '../media/index.ts';
import { ChangeConsent } from './change-consent.ts';
import { customerSchema } from './customer.schema.ts';
import { CustomersController } from './customers.controller.ts';
import { Customers } from './customers.ts';
import { ListCustomers } from './list-customers.ts';
import { Pictures } from './pictures.ts';
import { ResolveCustomer } from './resolve-customer.ts';
import { UpdateCustomer } from './update-customer.ts';

@Module({
  imports: [AuditModule, MediaModule],
  controllers: [CustomersController],
  providers: [
    collection('customers', customerSchema),
    ChangeConsent,
    Customers,
    ListCustomers,
    Pictures,
    ResolveCustomer,
    UpdateCustomer,
  ],
  exports: [ChangeConsent, Customers, ListCustomers, Pictures, ResolveCustomer],
})
export class CustomersModule {}
