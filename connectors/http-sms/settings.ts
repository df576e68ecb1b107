import { z } from 'zod';
import { placeholders, unknownIn } from './template.ts';

const known = `{${Object.keys(placeholders).join('}, {')}}`;
const Template = (longest: number) =>
  z.string().max(longest).superRefine((template, context) => {
    const [unknown] = unknownIn(template);
    if (unknown !== undefined) context.addIssue({ code: 'custom', message: `There is no {${unknown}}; there are ${known}` });
  }); // prettier-ignore
const Path = z.string().max(200);
const HeaderName = z.string().regex(/^[\w-]{1,100}$/, 'The name of a header, such as X-Signature');
const Secret = z.string().min(1).max(500);

const Sending = z
  .object({
    method: z.enum(['POST', 'PUT', 'GET']).default('POST').meta({ title: 'Method' }),
    url: Template(2000)
      .refine((url) => /^https?:\/\//.test(url), 'An address that begins with https://')
      .meta({ title: 'Address', description: `May hold ${known}, as the rest of the request may.` }),
    headers: z.record(HeaderName, Template(1000)).default({}).meta({
      title: 'Headers',
      description: 'Such as Authorization: Basic {basic}.',
    }),
    format: z.enum(['json', 'form']).default('json').meta({ title: 'Format of the body' }),
    body: Template(5000).default('').meta({
      title: 'Body',
      description:
        'As {"to": "{to}", "text": "{text}"}, or to={to}&text={text}. What stands in braces is escaped as the format needs it.',
      multiline: true,
    }),
    idPath: Path.default('').meta({
      title: 'Message id in the answer',
      description: 'Such as messages.0.message-id. Empty: the gateway gives none, and delivery reports name ours.',
    }),
    okPath: Path.default('').meta({
      title: 'Success in the answer',
      description: 'Where the answer says whether it worked, if its HTTP status does not.',
    }),
    okValues: z.array(z.string().max(100)).max(20).default([]).meta({ title: 'Values that mean success' }),
    busyValues: z.array(z.string().max(100)).max(20).default([]).meta({
      title: 'Values that mean “slow down”',
      description: 'The message is sent again later.',
    }),
    errorPath: Path.default('').meta({ title: 'Reason of a failure in the answer' }),
  })
  .meta({ title: 'Sending' });

const Receiving = z
  .object({
    listPath: Path.default('').meta({
      title: 'List of messages',
      description: 'Where several come at once, such as results. Empty: the request is one message.',
    }),
    from: Path.min(1).meta({ title: 'Sender', description: 'The field, or the way to it: message.from' }),
    text: Path.min(1).meta({ title: 'Text' }),
    id: Path.default('').meta({
      title: 'Message id',
      description: 'By it a message that comes twice is known. Empty: by everything that the request says.',
    }),
    media: Path.default('').meta({ title: 'Addresses of pictures', description: 'A text or a list of texts.' }),
  })
  .meta({ title: 'Messages that come in' });

const Reports = z
  .object({
    listPath: Path.default('').meta({ title: 'List of reports' }),
    id: Path.default('').meta({ title: 'Message id', description: 'Empty: no delivery reports.' }),
    status: Path.default('').meta({ title: 'Status' }),
    reason: Path.default('').meta({ title: 'Reason of a failure' }),
    states: z
      .record(z.string().min(1).max(100), z.enum(['accepted', 'sent', 'delivered', 'read', 'failed']))
      .default({})
      .meta({ title: 'What each status means', description: 'accepted, sent, delivered, read or failed.' }),
  })
  .meta({ title: 'Delivery reports' });

const Proof = z.discriminatedUnion('by', [
  z
    .object({
      by: z.literal('hmac'),
      header: HeaderName.meta({ title: 'Header of the signature' }),
      secret: Secret.meta({ title: 'Signing secret', secret: true }),
      algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256').meta({ title: 'Algorithm' }),
      encoding: z.enum(['hex', 'base64']).default('hex').meta({ title: 'Encoding' }),
      prefix: z.string().max(20).default('').meta({ title: 'Before the signature', description: 'Such as sha256=' }),
      content: z
        .string()
        .max(200)
        .default('{body}')
        .refine((content) => content.includes('{body}'), 'It must hold {body}')
        .meta({ title: 'What is signed', description: 'Of {body}, {url} and {timestamp}.' }),
      timestampHeader: z.string().max(100).default('').meta({
        title: 'Header of the time',
        description: 'In seconds. Requests from more than five minutes ago are refused.',
      }),
    })
    .meta({ title: 'A signature (HMAC)' }),
  z
    .object({
      by: z.literal('header'),
      header: HeaderName.meta({ title: 'Header' }),
      secret: Secret.meta({ title: 'Its secret value', secret: true }),
    })
    .meta({ title: 'A secret in a header' }),
  z
    .object({
      by: z.literal('basic'),
      user: z.string().min(1).max(200).meta({ title: 'User name' }),
      password: Secret.meta({ title: 'Password', secret: true }),
    })
    .meta({ title: 'User name and password', description: 'As in https://name:password@host/…' }),
  z
    .object({
      by: z.literal('query'),
      name: z.string().regex(/^[\w-]{1,50}$/).default('token').meta({ title: 'Parameter' }), // prettier-ignore
      secret: Secret.meta({ title: 'Its secret value', secret: true }),
    })
    .meta({ title: 'A secret in the address', description: 'As in …/webhooks/id?token=secret' }),
]);

export const HttpSmsSettings = z.object({
  from: z.string().min(1).max(30).meta({ title: 'Sender', description: 'A number such as +15551234567, or a name.' }),
  apiKey: z.string().max(500).default('').meta({ title: 'API key', description: 'Where a request says {apiKey}.' }),
  apiSecret: z.string().max(500).optional().meta({ title: 'API secret', description: 'Where a request says {apiSecret}.', secret: true }), // prettier-ignore
  send: Sending,
  receive: Receiving,
  report: Reports.prefault({}),
  proof: Proof.meta({ title: 'How the gateway proves that it calls' }),
  checkUrl: z.string().max(2000).default('').refine((url) => url === '' || /^https?:\/\//.test(url), 'An address, or nothing').meta({
    title: 'Address to test the account with',
    description: 'One that answers GET with success while key and secret are good, such as that of the balance. With the headers from above.',
  }), // prettier-ignore
});
export type HttpSmsSettings = z.infer<typeof HttpSmsSettings>;
export type Proof = z.infer<typeof Proof>;
