export { ChangeConsent } from './change-consent.ts';
export type { Customer } from './customer.schema.ts';
export { CustomersModule } from './customers.module.ts';
export { Customers } from './customers.ts';
export { ListCustomers } from './list-customers.ts';
export { ResolveCustomer } from './resolve-customer.ts';
export { CustomerAttributesChanged, CustomerRenamed } from './update-customer.ts';
export { prefixOf, searchWords } from './words.ts';
