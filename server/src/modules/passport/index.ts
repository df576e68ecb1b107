export { PassportModule } from './passport.module.ts';
