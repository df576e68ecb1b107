/** What TypeScript may use of it: servers of one's own, which may be killed. */
interface Command {
  readonly binary: string;
  readonly url: string;
  /** Null while it does not answer. */
  probe(): Promise<object | null>;
}
interface Broker extends Command {
  readonly env: NodeJS.ProcessEnv;
  /** Its own tool, on it. */
  control(...command: string[]): Promise<unknown>;
  forget(): Promise<void>;
}
export declare function rabbitCommand(folder: string, port: number): Promise<Broker | null>;
export declare function redisCommand(
  folder: string,
  port: number,
): Promise<(Command & { readonly parameters: string[] }) | null>;
export declare function launch(
  binary: string,
  parameters: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): { ended(): boolean; stop(signal?: NodeJS.Signals): Promise<void> };
export declare function freePort(): Promise<number>;
/** What tests share: the environment's, the machine's, or one started for the run. */
export interface Service {
  readonly name: string;
}
export declare const services: readonly Service[];
export declare function find(service: Service): Promise<{ readonly value: string; stop?(): Promise<void> } | null>;
