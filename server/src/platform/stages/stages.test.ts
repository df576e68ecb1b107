import { expect, it } from '@jest/globals';
import { Stages } from './stages.ts';

it('tells every listener, in the flow, until it leaves', () => {
  const stages = new Stages();
  const heard: string[] = [];
  const leave = stages.on((stage, id) => heard.push(`first: ${stage} ${id}`));
  stages.on((stage, id) => heard.push(`second: ${stage} ${id}`));
  stages.passed('raw.kept', 'a');
  leave();
  stages.passed('inbound.published', 'b');
  expect(heard).toEqual(['first: raw.kept a', 'second: raw.kept a', 'second: inbound.published b']);
});
