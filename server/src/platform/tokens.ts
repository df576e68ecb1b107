/** What the platform provides to every module: `@Inject(BUS) private readonly bus: Bus`. */
export const CONFIG = Symbol('config');
export const LOG = Symbol('log');
export const CLOCK = Symbol('clock');
export const NEW_ID = Symbol('new id');
export const DATABASE = Symbol('database');
export const BUS = Symbol('bus');
export const JOBS = Symbol('jobs');
export const PRESENCE = Symbol('presence');
export const MEDIA = Symbol('media');
export const SECRETS = Symbol('secrets');
export const STAGES = Symbol('stages');
