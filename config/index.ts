export { ConfigProblem, loadConfig } from './load-config.ts';
export { settings, type Config } from './settings.ts';
