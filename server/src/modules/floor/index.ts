export { FloorModule } from './floor.module.ts';
export { ReadFloor } from './read-floor.ts';
