import type { Plugin } from 'vite';

interface Cut {
  /** How the module's path ends. */
  readonly module: string;
  /** What must be in it, or the library has changed and the cut has to be looked at. */
  readonly expects: readonly string[];
  readonly lean: (code: string) => string;
}

const toAdd = 'add(obj) {';
const afterAdd = '/**\n     * Decode a packet String';
const toAttachments = '// look up attachments';
const afterAttachments = '// look up namespace';

/** `by` in the place of all from one mark to another. */
const between = (code: string, from: string, to: string, by: string): string =>
  code.slice(0, code.indexOf(from)) + by + code.slice(code.indexOf(to) + to.length);

/** What the libraries bring and this widget never uses: 5.5 KB of its 45, gzip. */
const cuts: readonly Cut[] = [
  {
    // No WebTransport, and polling by fetch. Polling itself stays, for networks that let no WebSocket through.
    module: '/engine.io-client/build/esm/transports/index.js',
    expects: ['export const transports', './polling-xhr.node.js', './websocket.node.js', './webtransport.js'],
    lean: () => `
      import { Fetch } from './polling-fetch.js';
      import { WS } from './websocket.node.js';
      export const transports = { websocket: WS, polling: Fetch };`,
  },
  {
    // Frames are JSON; files are uploaded over HTTP.
    module: '/socket.io-parser/build/esm/is-binary.js',
    expects: ['export function isBinary', 'export function hasBinary'],
    lean: () => 'export const isBinary = () => false; export const hasBinary = () => false;',
  },
  {
    module: '/socket.io-parser/build/esm/binary.js',
    expects: ['export function deconstructPacket', 'export function reconstructPacket'],
    lean: () => `
      export const deconstructPacket = (packet) => ({ packet, buffers: [] });
      export const reconstructPacket = (packet) => packet;`,
  },
  {
    // So nothing has attachments, and what is decoded is whole.
    module: '/socket.io-parser/build/esm/index.js',
    expects: [toAdd, afterAdd, toAttachments, afterAttachments],
    lean: (code) => {
      const decoded = `${toAdd} super.emitReserved('decoded', this.decodeString(obj)); } ${afterAdd}`;
      return between(between(code, toAdd, afterAdd, decoded), toAttachments, afterAttachments, afterAttachments);
    },
  },
  {
    // Its own parser is from before URL was everywhere, as it says.
    module: '/engine.io-client/build/esm/contrib/parseuri.js',
    expects: ['built-in URL object', 'export function parse('],
    lean: () => `
      export const parse = (text) => {
        const { protocol, hostname, port, pathname, search } = new URL(text);
        const host = hostname.replace(/[[\\]]/g, '');
        return { source: text, protocol: protocol.slice(0, -1), host, port, path: pathname, query: search.slice(1) };
      };`,
  },
  {
    // The panel is mounted, never hydrated: a constant lets the minifier drop what Svelte guards with it.
    module: '/svelte/src/internal/client/dom/hydration.js',
    expects: ['export let hydrating = false;', '\thydrating = value;'],
    lean: (code) =>
      code
        .replace('export let hydrating = false;', 'export const hydrating = false;')
        .replace('\thydrating = value;', ''),
  },
  {
    // State here is plain values and $state.raw. Whoever forgets that hears of it at once.
    module: '/svelte/src/internal/client/proxy.js',
    expects: ['export function proxy(', 'export function get_proxied_value(', 'export function is('],
    lean: () => `
      const plain = [Object.prototype, Array.prototype];
      export const proxy = (value) => {
        if (value && plain.includes(Object.getPrototypeOf(value))) throw new Error('Use $state.raw: lean.ts');
        return value;
      };
      export const get_proxied_value = (value) => value;
      export const is = Object.is;`,
  },
];

export const leanLibraries = (): Plugin => ({
  name: 'lean-libraries',
  enforce: 'pre',
  transform: (code, id) => {
    const cut = cuts.find(({ module }) => id.endsWith(module));
    if (!cut) return null;
    const missing = cut.expects.find((text) => !code.includes(text));
    if (missing) throw new Error(`lean.ts: ${cut.module} has changed: no "${missing}"`);
    return { code: cut.lean(code), map: null };
  },
});
