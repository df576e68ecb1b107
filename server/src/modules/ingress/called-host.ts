const PUBLIC_NAME = /^(?=.{4,100}$)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?$/i;
/** Names that a proxy or a cluster gives to machines of its own. */
const PRIVATE_NAME = /\.(internal|intranet|lan|local|localdomain|localhost)(:\d+)?$/i;

/**
 * The host that a request names, where it is another than ours and one that a provider can have called: evidence for why a signature
 * over the address is wrong. A proxy's own word for this machine is none. Pure.
 */
export function calledHost(host: string, publicUrl: string): string | undefined {
  if (host.toLowerCase() === new URL(publicUrl).host) return undefined;
  return PUBLIC_NAME.test(host) && !PRIVATE_NAME.test(host) ? host : undefined;
}
