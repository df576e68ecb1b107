export { OrganisationModule } from './organisation.module.ts';
export { Organisations } from './organisations.ts';
