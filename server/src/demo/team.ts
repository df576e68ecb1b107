import type { PolicySettings, Role } from '@switchboard/contract';

/** Of the demo alone, which listens on this machine only. */
export const demoPassword = 'switchboard-demo';

export const queues = [{ name: 'Orders & parcels' }, { name: 'Billing' }, { name: 'Returns' }] as const;
/** What each queue promises, in minutes. */
export const promises: Readonly<Record<QueueName, PolicySettings['targets']>> = {
  'Orders & parcels': { firstResponse: 15, nextResponse: 30, resolution: 8 * 60 },
  Billing: { firstResponse: 60, nextResponse: 60, resolution: 24 * 60 },
  Returns: { firstResponse: 30, nextResponse: 45, resolution: 24 * 60 },
};
type QueueName = (typeof queues)[number]['name'];

interface Member {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queues: readonly QueueName[];
}
const everything: readonly QueueName[] = queues.map(({ name }) => name);

/** The first one is the administrator that set-up makes. */
export const team: readonly [Member, ...Member[]] = [
  { name: 'Ada Brandt', email: 'ada@fieldandfern.example', role: 'administrator', queues: everything },
  { name: 'Samira Haddad', email: 'samira@fieldandfern.example', role: 'supervisor', queues: everything },
  { name: 'Joe Tanner', email: 'joe@fieldandfern.example', role: 'agent', queues: everything },
  { name: 'Mei Lin', email: 'mei@fieldandfern.example', role: 'agent', queues: ['Orders & parcels', 'Returns'] },
  { name: 'Pierre Lambert', email: 'pierre@fieldandfern.example', role: 'agent', queues: ['Billing', 'Returns'] },
  { name: 'Rosa Keller', email: 'rosa@fieldandfern.example', role: 'agent', queues: ['Orders & parcels', 'Billing'] },
];

export const cannedReplies = [
  { shortcut: 'hello', title: 'Greeting', text: 'Hello, thank you for writing to us. Let me have a look.' },
  {
    shortcut: 'order',
    title: 'Ask for the order number',
    text: 'Could you tell me your order number? It starts with FF-.',
  },
  {
    shortcut: 'delay',
    title: 'Parcel is late',
    text: 'I am sorry that your parcel is late. I have asked the carrier and will write to you as soon as I know more.',
  },
  {
    shortcut: 'label',
    title: 'Return label',
    text: 'I have sent you a return label by e-mail. Stick it on the parcel and hand it in at any shop of the carrier; returns are free.',
  },
  {
    shortcut: 'refund',
    title: 'Refund is on its way',
    text: 'Your refund is on its way. Banks take two to three working days for it.',
  },
  {
    shortcut: 'replace',
    title: 'Replacement leaves',
    text: 'A replacement leaves our warehouse tomorrow. You need not send the broken one back.',
  },
  { shortcut: 'bye', title: 'Goodbye', text: 'You are welcome. Have a lovely day in the garden!' },
] as const;
