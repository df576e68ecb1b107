import { expect, it } from '@jest/globals';
import { whyNoteNotChanged, whyNotChanged, type Amendable, type ChangeKind } from './amendments.ts';
import type { Capabilities } from './capabilities.ts';

const now = new Date('2026-03-02T10:00:00Z');
const hoursAgo = (hours: number) => new Date(+now - hours * 3_600_000);
const capabilities = {
  sends: ['message.send', 'message.edit', 'message.delete', 'reaction.set'],
  changes: { editHours: null, deleteHours: 48, reactions: { emoji: null, single: true } },
} as unknown as Capabilities;
const ours: Amendable = {
  ...{ direction: 'out', state: 'delivered', at: hoursAgo(1), author: { id: 'ada' } },
  parts: [{ type: 'text', text: 'Hello' }],
};
const ada = { id: 'ada', role: 'agent' } as const;

it.each<[string, ChangeKind, Partial<Amendable>, RegExp | null]>([
  ['edits what they wrote', 'edit', {}, null],
  ['deletes it in time', 'delete', {}, null],
  ['reacts to what the customer wrote', 'react', { direction: 'in', author: { id: null } }, null],
  ['edits no words of the customer', 'edit', { direction: 'in' }, /our side/],
  ['edits no words of a colleague', 'edit', { author: { id: 'bob' } }, /Only who wrote it/],
  ['changes nothing that the hub itself asked', 'edit', { author: { id: null } }, /a person wrote/],
  ['changes nothing that was sent elsewhere', 'delete', { fromElsewhere: true }, /outside/],
  ['deletes nothing too late', 'delete', { at: hoursAgo(49) }, /48 hours/],
  ['changes nothing that may not be out', 'edit', { state: 'unknown' }, /not known/],
  ['edits no place on a map', 'edit', { parts: [{ type: 'location', latitude: 1, longitude: 1 }] }, /no words/],
  ['changes nothing that is deleted', 'delete', { deletedAt: now }, /is deleted/],
  ['reacts to nothing that did not go out', 'react', { state: 'failed' }, /did not go out/],
])('an agent %s', (_, kind, is, reason) => {
  const why = whyNotChanged(kind, { ...ours, ...is }, { capabilities, by: ada, now });
  if (reason === null) expect(why).toBeNull();
  else expect(why).toMatch(reason);
});

it('lets a supervisor change what an agent wrote', () => {
  expect(whyNotChanged('delete', ours, { capabilities, by: { id: 'sue', role: 'supervisor' }, now })).toBeNull();
});

it.each<['edit' | 'delete', string, 'agent' | 'supervisor', boolean]>([
  ['edit', 'ada', 'agent', true],
  ['delete', 'ada', 'agent', true],
  ['edit', 'grace', 'agent', false],
  ['delete', 'grace', 'agent', false],
  ['edit', 'grace', 'supervisor', false],
  ['delete', 'grace', 'supervisor', true],
])('%s of Ada’s note by %s, %s: %s', (kind, id, role, may) => {
  expect(whyNoteNotChanged(kind, { author: { id: 'ada' } }, { id, role }) === null).toBe(may);
});
