import type { Medium } from './cast/story.ts';
import { FormVisitors } from './form/form-visitors.ts';
import type { Happenings } from './happenings.ts';
import { PostOffice } from './mail/post-office.ts';
import { PageCustomers } from './meta/page-customers.ts';
import { WhatsAppCustomers } from './meta/whatsapp-customers.ts';
import { ShopApp } from './own-system/shop-app.ts';
import type { Provider } from './provider.ts';
import type { Random } from './random.ts';
import { shop } from './shop.ts';
import { SlackPartners } from './slack/slack-partners.ts';
import { PhoneNetwork } from './sms/phone-network.ts';
import { TelegramCustomers } from './telegram/telegram-customers.ts';

/** Everybody but those who sit in the chat and those who call. */
export type Written = Exclude<Medium, 'chat'>;

interface Place {
  readonly connectorId: string;
  readonly name: string;
  readonly queue: string;
}
const orders = 'Orders & parcels';
const handle = shop.telegram.botUsername;

/** Over which account each of them reaches the shop. */
export const places: Readonly<Record<Written, Place>> = {
  mail: { connectorId: 'email', name: shop.mailbox, queue: 'Billing' },
  sms: { connectorId: 'twilio-sms', name: shop.number, queue: 'Returns' },
  telegram: { connectorId: 'telegram', name: `@${handle}`, queue: orders },
  whatsapp: { connectorId: 'meta-whatsapp', name: shop.number, queue: orders },
  messenger: { connectorId: 'meta-messenger', name: shop.name, queue: orders },
  instagram: { connectorId: 'meta-instagram', name: '@field_and_fern', queue: 'Returns' },
  slack: { connectorId: 'slack', name: 'Trade customers', queue: orders },
  form: { connectorId: 'webform', name: 'Contact form', queue: 'Billing' },
  app: { connectorId: 'api', name: 'The shop’s app', queue: 'Returns' },
};

/** Their servers listen. */
export const openProviders = async (
  random: Random,
  happenings: Happenings,
): Promise<Readonly<Record<Written, Provider>> & { readonly mail: PostOffice }> => {
  const mail = await PostOffice.open(random, happenings);
  return {
    mail,
    form: new FormVisitors(mail, happenings),
    sms: await PhoneNetwork.open(random, happenings),
    telegram: await TelegramCustomers.open(random, happenings),
    whatsapp: await WhatsAppCustomers.open(random, happenings),
    messenger: await PageCustomers.open('page', random, happenings),
    instagram: await PageCustomers.open('instagram', random, happenings),
    slack: await SlackPartners.open(random, happenings),
    app: await ShopApp.open(random, happenings),
  };
};
export type Providers = Awaited<ReturnType<typeof openProviders>>;
