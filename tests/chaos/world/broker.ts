import { setTimeout as delay } from 'node:timers/promises';
import { CuttableProxy } from '../../support/cuttable-proxy.ts';
import type { Server } from './server.ts';

const PATIENCE_MS = 60_000;

/** RabbitMQ as the hubs see it: by a way that can be cut. */
export class Broker {
  private constructor(
    private readonly server: Server,
    private readonly way: CuttableProxy,
    private readonly control: (...command: string[]) => Promise<unknown>,
    readonly url: string,
  ) {}

  /** `control`: the server's own tool. */
  static async before(
    server: Server,
    { url, control }: { url: string; control: (...command: string[]) => Promise<unknown> },
  ): Promise<Broker> {
    const way = new CuttableProxy(new URL(url));
    return new Broker(server, way, control, await way.listen());
  }

  restart(signal: NodeJS.Signals): Promise<void> {
    return this.server.restart(signal, 0);
  }

  /** As an operator does it: the server says goodbye to each. Where it is down just now: as soon as it is there again. */
  async closeConnections(): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; ; await delay(500)) {
      try {
        await this.control('close_all_connections', 'chaos');
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  cutConnections(): void {
    this.way.cut();
    this.way.mend();
  }

  async close(): Promise<void> {
    await this.way.close();
  }
}
