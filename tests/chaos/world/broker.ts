import { CuttableProxy } from '../../support/cuttable-proxy.ts';
import type { Server } from './server.ts';

/** RabbitMQ as the hubs see it: by a way that can be cut. */
export class Broker {
  private constructor(
    private readonly server: Server,
    private readonly way: CuttableProxy,
    readonly url: string,
  ) {}

  static async before(server: Server, url: string): Promise<Broker> {
    const way = new CuttableProxy(new URL(url));
    return new Broker(server, way, await way.listen());
  }

  restart(signal: NodeJS.Signals): Promise<void> {
    return this.server.restart(signal, 0);
  }

  closeConnections(): void {
    this.way.cut();
    this.way.mend();
  }

  async close(): Promise<void> {
    await this.way.close();
  }
}
