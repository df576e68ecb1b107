import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut: what a process sees when the network or the server dies. */
export class CuttableProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #cut = false;

  constructor(private target: URL) {
    this.#server = createServer((inbound) => this.#join(inbound));
  }

  /** The target's URL, by way of the proxy. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** What connects from now on comes out there. */
  leadTo(target: URL): void {
    this.target = target;
  }

  /** All connections stay open and carry nothing any more, as after a change of network; new ones are whole. */
  hush(): void {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.resume();
    }
    this.#sockets.clear();
  }

  /** All connections end without a word, new ones too. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(inbound: Socket): void {
    if (this.#cut) return void inbound.destroy();
    const outbound = connect(this.#address());
    for (const [from, to] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  #address(): { path: string } | { host: string; port: number } {
    const host = decodeURIComponent(this.target.hostname);
    if (host.endsWith('.sock')) return { path: host };
    return { host, port: Number(this.target.port) };
  }
}
