import { z } from 'zod';

const Address = z.email().max(320).toLowerCase();
const Port = z.int().min(1).max(65_535);
const secure = z.boolean().meta({
  title: 'TLS from the start',
  description: 'Off: the connection starts in the clear and is upgraded (STARTTLS).',
});

const Receiver = z
  .object({
    mode: z.literal('receiver'),
    port: Port.default(2525).meta({
      title: 'Port',
      description: 'Your mail server forwards to this port of the hub. Several addresses may share it.',
    }),
    host: z.string().min(1).default('0.0.0.0').meta({
      title: 'Listen on',
      description:
        '0.0.0.0 is every network of this machine; 127.0.0.1 only the machine itself. Let only your mail server reach it.',
    }),
    certificate: z.string().optional().meta({
      title: 'TLS certificate (PEM)',
      description: 'With it and its key, mail servers may encrypt (STARTTLS).',
      multiline: true,
    }),
    privateKey: z
      .string()
      .optional()
      .meta({ title: 'Private key of the certificate (PEM)', secret: true, multiline: true }),
  })
  .meta({ title: 'The mail server forwards to the hub' });

const Imap = z
  .object({
    mode: z.literal('imap'),
    host: z.string().min(1).meta({ title: 'IMAP server' }),
    port: Port.default(993).meta({ title: 'Port' }),
    secure: secure.default(true),
    user: z.string().min(1).meta({ title: 'User name' }),
    password: z.string().min(1).meta({ title: 'Password', secret: true }),
    mailbox: z.string().min(1).default('INBOX').meta({ title: 'Mailbox' }),
  })
  .meta({ title: 'The hub reads a mailbox (IMAP)' });

const Outbound = z
  .object({
    host: z.string().min(1).meta({ title: 'SMTP server' }),
    port: Port.default(587).meta({ title: 'Port' }),
    secure: secure.default(false),
    user: z.string().optional().meta({ title: 'User name', description: 'Empty: no sign-in.' }),
    password: z.string().optional().meta({ title: 'Password', secret: true }),
    anyCertificate: z.boolean().default(false).meta({
      title: 'Accept any certificate',
      description: 'For a server of your own with a self-signed certificate, on a network that you trust.',
    }),
  })
  .meta({ title: 'Sending' });

export const EmailSettings = z.object({
  address: Address.meta({ title: 'E-mail address', description: 'Customers write to it, and answers come from it.' }),
  aliases: z
    .array(Address)
    .max(100)
    .default([])
    .meta({ title: 'Further addresses', description: 'They arrive here too; answers go out under the address above.' }),
  displayName: z
    .string()
    .max(200)
    .default('')
    .meta({ title: 'Name', description: 'Shown as the sender, as in “Example Support”.' }),
  signature: z
    .string()
    .max(10_000)
    .default('')
    .meta({ title: 'Signature', description: 'Plain text, put below every answer.' }),
  plusAddress: z.boolean().default(true).meta({
    title: 'Answers find their ticket by the address',
    description:
      'Customers answer to name+code@domain, so that threads hold where mail programs lose them. Switch off if your mail server refuses such addresses.',
  }),
  inbound: z.discriminatedUnion('mode', [Receiver, Imap]).meta({ title: 'Receiving' }),
  outbound: Outbound,
});
export type EmailSettings = z.infer<typeof EmailSettings>;
export type ReceiverSettings = z.infer<typeof Receiver>;
export type ImapSettings = z.infer<typeof Imap>;
export type OutboundSettings = z.infer<typeof Outbound>;

export const exampleSettings: EmailSettings = {
  address: 'support@example.org',
  aliases: ['help@example.org'],
  displayName: 'Example Support',
  signature: 'Example Support\nwww.example.org',
  plusAddress: true,
  inbound: { mode: 'receiver', port: 2525, host: '0.0.0.0' },
  outbound: {
    host: 'smtp.example.org',
    port: 587,
    secure: false,
    user: 'support@example.org',
    password: 'example-password',
    anyCertificate: false,
  },
};
