import { ConnectorError } from '@switchboard/contract';
import type { Capabilities, Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { answerForm, replyToForm, verifyForm } from './door.ts';
import { formGuide } from './guide.ts';
import { parseForm } from './parse.ts';
import { FormSettings } from './settings.ts';

const capabilities: Capabilities = {
  // Who filled in a form is answered elsewhere: by e-mail, where they left an address.
  sends: [],
  emits: ['message.received', 'consent.changed'],
  content: {
    text: { maxLength: 20_000, html: false, segments: false },
    media: null,
    location: false,
    choices: null,
    templates: false,
  },
  conversation: { start: null, groups: false, subject: true, cc: false, replyWindow: null, live: false },
  changes: null,
  call: null,
  rateLimit: null,
};

const openForm = (settings: FormSettings, context: ConnectorContext): Channel => {
  const door = { settings, context };
  return {
    parse: (request) => parseForm(request, settings),
    webhook: {
      perMinute: 20,
      answer: (request) => answerForm(door, request),
      verify: (request) => verifyForm(door, request),
      reply: (request) => replyToForm(door, request),
    },
    deliver: async () => {
      throw new ConnectorError('unsupported', 'A form takes no answers: write to the address that was left in it');
    },
    check: async () => ({
      ok: true,
      detail: settings.allowedOrigins.length === 0 ? 'Any website may show this form.' : 'Ready.',
    }),
  };
};

export const webform: Connector<FormSettings> = {
  id: 'webform',
  channel: 'form',
  title: 'Form on your website',
  description: 'A contact form for your own website, or as a page of its own. Answers go out by e-mail.',
  settings: FormSettings,
  exampleSettings: FormSettings.parse({
    topics: ['Order', 'Return'],
    questions: ['Order number'],
    consent: 'I have read the privacy notice.',
    allowedOrigins: ['https://shop.example'],
  }),
  capabilities,
  guide: formGuide,
  open: openForm,
};
