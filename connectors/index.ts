import type { Connector } from '@switchboard/contract';

/** Every channel that Switchboard speaks. Adding one is its folder and one line here. */
export const connectors: readonly Connector[] = [];
