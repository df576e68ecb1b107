import { expect, it } from '@jest/globals';
import { addressIn } from './typed-address.ts';

it.each([
  ['+1 (555) 440-0077', { type: 'phone', value: '+15554400077' }],
  [' Ada@Example.org ', { type: 'email', value: 'ada@example.org' }],
  ['5554400077', null],
  ['+12', null],
  ['write to ada@example.org', null],
  ['ada@example', null],
  ['', null],
])('reads %p', (words, handle) => expect(addressIn(words)).toEqual(handle));
