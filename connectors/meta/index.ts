import type { Connector } from '@switchboard/contract';
import { metaInstagram, metaMessenger } from './messaging/index.ts';
import { metaWhatsApp } from './whatsapp/index.ts';

/** Three channels of one app: their webhooks look alike, and each says whose it is. */
export const meta: readonly Connector[] = [metaMessenger, metaInstagram, metaWhatsApp];
