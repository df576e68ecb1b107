export { FloorModule } from './floor.module.ts';
