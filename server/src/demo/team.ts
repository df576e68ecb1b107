import type { CalendarSettings, PolicySettings, QueueRouting, Role, Skill } from '@switchboard/contract';
import type { ShiftName } from './staff/roster.ts';

/** Of the demo alone, which listens on this machine only. */
export const demoPassword = 'switchboard-demo';

type QueueName = 'Orders & parcels' | 'Billing' | 'Returns';
interface QueuePlan {
  readonly name: QueueName;
  readonly required: readonly Skill[];
  readonly preferred: readonly Skill[];
  readonly relax: QueueRouting['relax'];
  /** Within the office hours alone; outside of them the colleagues of the first queue help. */
  readonly hasHours: boolean;
  /** What it promises, in minutes. */
  readonly promises: PolicySettings['targets'];
}
const skill = (name: string, level: number): Skill => ({ name, level });

export const queues: readonly [QueuePlan, ...QueuePlan[]] = [
  {
    name: 'Orders & parcels',
    ...{ required: [], preferred: [skill('Plants', 3)], relax: [], hasHours: false },
    promises: { firstResponse: 15, nextResponse: 30, resolution: 8 * 60 },
  },
  {
    name: 'Billing',
    ...{ required: [skill('Payments', 2)], preferred: [skill('German', 2)], hasHours: true },
    relax: [
      { afterSeconds: 45, lowerBy: 1 },
      { afterSeconds: 120, lowerBy: null },
    ],
    promises: { firstResponse: 60, nextResponse: 60, resolution: 24 * 60 },
  },
  {
    name: 'Returns',
    ...{ required: [skill('Goodwill', 1)], preferred: [skill('French', 2)], hasHours: false },
    relax: [{ afterSeconds: 120, lowerBy: null }],
    promises: { firstResponse: 30, nextResponse: 45, resolution: 24 * 60 },
  },
];

/** By the real clock, like all that is not played: who looks at the demo in the evening finds Billing closed. */
export const officeHours: Omit<CalendarSettings, 'timeZone'> = {
  name: 'Office hours',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
  holidays: [],
};

interface Member {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queues: readonly QueueName[];
  readonly skills: readonly Skill[];
  /** Of who is played; the others are whoever looks at the demo. */
  readonly shift?: ShiftName;
}
const everything: readonly QueueName[] = queues.map(({ name }) => name);
const orders = 'Orders & parcels';

/** The first one is the administrator that set-up makes. */
export const team = people([
  ['Ada Brandt', 'administrator', everything, [skill('Payments', 4), skill('Goodwill', 5), skill('German', 5)]],
  ['Samira Haddad', 'supervisor', everything, [skill('Payments', 5), skill('Goodwill', 5), skill('French', 4)]],
  ['Joe Tanner', 'agent', everything, [skill('Payments', 3), skill('Goodwill', 2), skill('Plants', 4)]],
  ['Mei Lin', 'agent', [orders, 'Returns'], [skill('Goodwill', 3), skill('Plants', 5)], 'early'],
  ['Pierre Lambert', 'agent', ['Billing', 'Returns'], [skill('Payments', 4), skill('French', 5)], 'middle'],
  ['Rosa Keller', 'agent', [orders, 'Billing'], [skill('Payments', 2), skill('German', 5)], 'earlyToo'],
  ['Tomás Silva', 'agent', [orders, 'Returns'], [skill('Goodwill', 2), skill('Plants', 2)], 'middleToo'],
  ['Aisha Bello', 'agent', everything, [skill('Payments', 3), skill('Goodwill', 3)], 'late'],
  ['Nils Berg', 'agent', [orders, 'Billing'], [skill('Payments', 1), skill('German', 4)], 'lateToo'],
]);

function people(
  rows: readonly (readonly [string, Role, readonly QueueName[], readonly Skill[], ShiftName?])[],
): [Member, ...Member[]] {
  const [first, ...others] = rows.map(([name, role, names, skills, shift]) => ({
    ...{ name, role, queues: names, skills, ...(shift && { shift }) },
    email: `${name
      .split(' ')[0]
      ?.normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()}@fieldandfern.example`,
  }));
  return [first as Member, ...others];
}

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
