import type { PastMedium, Random } from '@switchboard/connectors/simulator';
import { DEFAULT_REASONS } from '@switchboard/contract';
import type { HandlingSpell } from '../modules/agent-states/index.ts';
import type { EndedSpell } from '../modules/agent-states/state-spell.schema.ts';
import type { Agent, Spell } from '../modules/agents/index.ts';
import type { Caller } from '../platform/http/hub-request.ts';
import type { BackOffice } from './back-office.ts';
import type { Furnished } from './furnish.ts';
import { dutyAt, shifts, type Duty } from './staff/roster.ts';
import { team } from './team.ts';

const DAYS = 8;
const STEP_HOURS = 0.25;
const HOUR_MS = 3_600_000;
/** Seconds that an answer is worked on. */
const handling: Readonly<Record<PastMedium, readonly [number, number]>> = {
  chat: [30, 100],
  sms: [40, 140],
  mail: [90, 420],
};

/** Who is not played was there in the middle of the day. */
const shiftOf = (name: string) => shifts[team.find((one) => one.name === name)?.shift ?? 'middle'];

export const wasThere = ({ name }: Pick<Caller, 'name'>, at: Date): boolean => dutyThen(name, at).state === 'ready';

function dutyThen(name: string, at: Date): Duty {
  const isWeekend = at.getDay() === 0 || at.getDay() === 6;
  return dutyAt(shiftOf(name), isWeekend ? 0 : at.getHours() + at.getMinutes() / 60);
}

/** How the team's last week went, hour by hour, and that they are at home since: none has a console in the past. */
export async function writeStateSpells(office: BackOffice, { members }: Furnished, now: Date): Promise<void> {
  const spells: EndedSpell[] = [];
  for (const member of members.filter(({ role }) => role === 'agent')) {
    const own = spellsOf(office, member, now);
    const last = own.at(-1);
    if (last === undefined) continue;
    const atHome: Spell = {
      ...last,
      _id: office.clock.newId(),
      ...stateOf({ state: 'offline', reasonId: null }),
      from: last.to,
      to: null,
    };
    spells.push(...own);
    await office.model<Agent>('agents').updateOne({ _id: member.id }, { $set: { spell: atHome } });
  }
  await office.model<EndedSpell>('statespells').insertMany(spells);
}

function spellsOf(office: BackOffice, { id: agentId, name }: Caller, now: Date): EndedSpell[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const spells: EndedSpell[] = [];
  let duty: Duty | undefined;
  for (let hour = -24 * DAYS; midnight + hour * HOUR_MS < now.getTime() - HOUR_MS; hour += STEP_HOURS) {
    const at = new Date(midnight + hour * HOUR_MS);
    const next = dutyThen(name, at);
    const open = spells.at(-1);
    if (open !== undefined) spells[spells.length - 1] = { ...open, to: at };
    if (next === duty) continue;
    duty = next;
    const about = { agentId, ...stateOf(next), cause: 'self' as const, by: null };
    spells.push({ _id: office.clock.newId(), ...about, from: at, to: at });
  }
  return spells.filter(({ from, to }) => from < to);
}

function stateOf({ state, reasonId }: Duty): Pick<Spell, 'state' | 'reason' | 'unavailable'> {
  const found = DEFAULT_REASONS.find(({ id }) => id === reasonId);
  const reason = found === undefined ? null : { id: found.id, name: found.name };
  return { state, reason, unavailable: found?.unavailable ?? state === 'away' };
}

/** The time before an answer in which it was worked on. */
export function handlingBefore(
  about: Pick<HandlingSpell, '_id' | 'agentId' | 'ticketId' | 'channel' | 'queueId'>,
  medium: PastMedium,
  to: Date,
  random: Random,
): HandlingSpell {
  return { ...about, from: new Date(to.getTime() - random.between(...handling[medium]) * 1000), to };
}
