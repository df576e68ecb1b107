import type { Capabilities, StaffingQuestion, WorkKind } from '@switchboard/contract';

/** What a supervisor types, as typed. */
export interface Typed {
  readonly aht: string;
  readonly goal: string;
  readonly within: string;
  readonly patience: string;
  readonly concurrency: string;
  readonly occupancy: string;
  readonly shrinkage: string;
  readonly agents: string;
  readonly change: string;
  readonly from: string;
  readonly to: string;
}

const always = { shrinkage: '30', agents: '', change: '1', from: '10:00', to: '12:00' };
/** Where one begins; usual in the trade. */
export const usual: Readonly<Record<WorkKind, Typed>> = {
  calls: { aht: '5', goal: '80', within: '20', patience: '120', concurrency: '1', occupancy: '85', ...always },
  chats: { aht: '10', goal: '80', within: '60', patience: '180', concurrency: '3', occupancy: '85', ...always },
  messages: { aht: '8', goal: '90', within: '240', patience: '', concurrency: '1', occupancy: '85', ...always },
};

/** Messages are timed in minutes, what is live in seconds. */
export const withinUnit = (work: WorkKind) => (work === 'messages' ? 'minutes' : 'seconds');

/** How work over channels with these abilities is done; null: by several ways, so it is asked. */
export function workOf(capabilities: readonly (Capabilities | null)[]): WorkKind | null {
  const kinds = new Set(
    capabilities.map((each): WorkKind => (each?.call ? 'calls' : each?.conversation.live ? 'chats' : 'messages')),
  );
  const [only, other] = [...kinds];
  return other === undefined ? (only ?? null) : null;
}

/** null: something typed is no number. What is out of range the server says. */
export function questionOf(
  about: Pick<StaffingQuestion, 'date' | 'channel' | 'work'>,
  typed: Typed,
): StaffingQuestion | null {
  const { work } = about;
  const numbers = {
    ahtSeconds: number(typed.aht, 60),
    serviceLevel: number(typed.goal, 0.01),
    answerWithinSeconds: number(typed.within, withinUnit(work) === 'minutes' ? 60 : 1),
    maxOccupancy: number(typed.occupancy, 0.01),
    shrinkage: number(typed.shrinkage, 0.01),
    ...(work === 'chats' && { concurrency: number(typed.concurrency, 1) }),
    ...(work !== 'messages' && typed.patience.trim() !== '' && { patienceSeconds: number(typed.patience, 1) }),
    ...(typed.agents.trim() !== '' && { agents: number(typed.agents, 1) }),
  };
  const agents = number(typed.change.replace('−', '-'), 1);
  if ([...Object.values(numbers), agents].some((each) => Number.isNaN(each))) return null;
  const change = agents === 0 ? {} : { change: { agents, from: typed.from, to: typed.to } };
  return { ...about, ...numbers, ...change };
}

/** The server's names of what is typed. */
export const paths = {
  aht: 'ahtSeconds',
  goal: 'serviceLevel',
  within: 'answerWithinSeconds',
  patience: 'patienceSeconds',
  concurrency: 'concurrency',
  occupancy: 'maxOccupancy',
  shrinkage: 'shrinkage',
  agents: 'agents',
} as const satisfies Partial<Record<keyof Typed, string>>;
const mayBeEmpty: readonly string[] = ['patience', 'agents'];
export const isNumber = (name: keyof Typed, text: string) =>
  text.trim() === '' ? mayBeEmpty.includes(name) : !Number.isNaN(number(text.replace('−', '-'), 1));

function number(text: string, times: number): number {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? NaN : Math.round(Number(plain) * times * 1e6) / 1e6;
}
