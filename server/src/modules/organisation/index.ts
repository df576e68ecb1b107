export { OrganisationModule } from './organisation.module.ts';
export { Organisations } from './organisations.ts';
export { CAPACITY_CHANGED, OPENING_HOURS_CHANGED, UpdateOrganisation } from './update-organisation.ts';
