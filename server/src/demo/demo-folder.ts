import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartProblem } from '../platform/errors/start-problem.ts';

const Marker = z.object({ madeAt: z.iso.datetime(), accountIds: z.record(z.string(), z.string()).nullable() });

/** The data folder of the demo. A file in it says that it is the demo's and how far it was made. */
export class DemoFolder {
  readonly path: string;
  readonly #file: string;

  constructor(dataDir: string) {
    this.path = resolve(dataDir);
    this.#file = join(this.path, 'demo.json');
  }

  /** The accounts of a finished demo; null where one is to be made. Throws where the folder is somebody else's. */
  accounts(): Record<string, string> | null {
    if (!existsSync(this.path)) return null;
    if (!existsSync(this.#file)) {
      if (readdirSync(this.path).length === 0) return null;
      throw new StartProblem(
        `${this.path} holds data that is not the demo's: set DATA_DIR to an empty folder, or leave it out for ./data/demo.`,
      );
    }
    const { accountIds } = Marker.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    if (accountIds === null)
      throw new StartProblem(`The demo in ${this.path} was not made to its end: remove that folder and start again.`);
    return accountIds;
  }

  write(accountIds: Record<string, string> | null): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    writeFileSync(this.#file, `${JSON.stringify({ madeAt: new Date().toISOString(), accountIds }, null, 2)}\n`);
  }
}
