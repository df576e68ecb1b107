import type { Connector, ConnectorContext } from '@switchboard/contract';
import { admit } from './admit.ts';
import { appearanceOf } from './appearance.ts';
import { capabilities } from './capabilities.ts';
import { deliver } from './deliver.ts';
import { webchatGuide } from './guide.ts';
import { normalise, vouchForFrame } from './normalise.ts';
import { WebchatSettings } from './settings.ts';

const open = (settings: WebchatSettings, context: ConnectorContext) => {
  const door = { settings, signingKey: context.signingKey, ownOrigin: new URL(context.webhookUrl).origin };
  return {
    parse: normalise,
    visitors: {
      admit: (hello, origin, newId) => admit(door, hello, origin, newId),
      appearance: (_now, languages) => appearanceOf(settings, capabilities.content.media, languages),
      verify: (visitorId, request) => vouchForFrame(context.signingKey, visitorId, request),
    },
    deliver: (command) => deliver(context, command),
    check: async () => ({
      ok: true,
      detail: settings.allowedOrigins.length === 0 ? 'Any website may show this chat.' : 'Ready.',
    }),
  } satisfies ReturnType<Connector['open']>;
};

export const webchat: Connector<WebchatSettings> = {
  id: 'webchat',
  channel: 'webchat',
  title: 'Chat on your website',
  description: 'A chat button for your own website, answered live from the console.',
  settings: WebchatSettings,
  exampleSettings: WebchatSettings.parse({ allowedOrigins: ['https://shop.example'] }),
  capabilities,
  guide: webchatGuide,
  open,
};
