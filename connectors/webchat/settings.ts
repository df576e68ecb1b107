import { z } from 'zod';

const line = z.string().trim().min(1).max(120);
const lines = z.string().trim().max(1000);

export const WebchatSettings = z.object({
  title: line.default('Chat with us').meta({ title: 'Title', description: 'Shown at the top of the chat.' }),
  greeting: lines
    .default('Hello. How can we help you?')
    .meta({ title: 'Greeting', description: 'Shown before the first message.' }),
  launcherLabel: line
    .default('Chat with us')
    .meta({ title: 'Label of the button', description: 'Read out by screen readers and shown on hover.' }),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'A colour such as #2f5bea')
    .default('#2f5bea')
    .meta({
      title: 'Colour',
      description:
        'Of the button and of the visitor’s messages, such as #2f5bea. Readable text colours follow from it.',
      format: 'color',
    }),
  theme: z
    .enum(['system', 'light', 'dark'])
    .default('system')
    .meta({ title: 'Light or dark', description: 'System follows the visitor’s own setting.' }),
  position: z
    .enum(['right', 'left'])
    .default('right')
    .meta({ title: 'Position', description: 'The corner of the page that the button sits in.' }),
  offlineMessage: lines
    .default('We are away right now. Leave your e-mail address and a message: we will answer by e-mail.')
    .meta({ title: 'Message when closed', description: 'Shown while nobody is there to answer.' }),
  offlineForm: z.boolean().default(true).meta({
    title: 'Form when closed',
    description: 'Outside opening hours a form with e-mail address and message takes the place of the chat.',
  }),
  askEmail: z.enum(['never', 'when-closed', 'always']).default('when-closed').meta({
    title: 'Ask for the e-mail address',
    description: 'Always asks before the first message, in opening hours too.',
  }),
  allowedOrigins: z
    .array(
      z
        .string()
        .trim()
        .regex(
          /^https?:\/\/(\*\.)?[a-zA-Z0-9.-]+(:\d{1,5})?$/,
          'An origin such as https://www.example.com, with no path',
        ),
    )
    .max(100)
    .default([])
    .meta({
      title: 'Websites that may show the chat',
      description:
        'Origins such as https://www.example.com or https://*.example.com. Careful: while the list is empty, any website may show it.',
    }),
  identitySecret: z.string().min(16).max(200).optional().meta({
    title: 'Identity secret',
    description:
      'Proves who is signed in to your website. Your server computes HMAC-SHA256(secret, userId) in hex for Switchboard.identify({ userId, hash }). Where the userId is the person’s e-mail address, the chat joins their e-mail history.',
    secret: true,
  }),
  texts: z.record(z.string().max(60), z.string().max(500)).default({}).meta({
    title: 'Other texts',
    description:
      'Replaces texts of the chat by key, for example send or placeholder; with a language before it (de:send) only on pages in that language.',
  }),
});
export type WebchatSettings = z.infer<typeof WebchatSettings>;
