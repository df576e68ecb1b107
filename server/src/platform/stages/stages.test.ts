import { expect, it } from '@jest/globals';
import { Stages } from './stages.ts';

it('tells every listener, in the flow, until it leaves', () => {
  const stages = new Stages();
  const heard: string[] = [];
  const leave = stages.on((stage, id) => heard.push(`first: ${stage} ${id}`));
  stages.on((stage, id) => heard.push(`second: ${stage} ${id}`));
  stages.passed('begun', 'a');
  leave();
  stages.passed('done', 'b');
  expect(heard).toEqual(['first: begun a', 'second: begun a', 'second: done b']);
});
