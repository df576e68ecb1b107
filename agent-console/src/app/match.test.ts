import { describe, expect, it } from '@jest/globals';
import { match } from './match.ts';

describe('match', () => {
  it.each([
    ['/', 'home', {}],
    ['/inbox', 'inbox', {}],
    ['/inbox/mine', 'inbox', { view: 'mine' }],
    ['/inbox/open/1042', 'inbox', { view: 'open', ticketId: '1042' }],
    ['/inbox/queue-a%2Fb/', 'inbox', { view: 'queue-a/b' }],
    ['/settings', 'settings', {}],
    ['/settings/channels/new', 'settings', { page: 'channels', id: 'new' }],
    ['/invitation/t0ken', 'invitation', { token: 't0ken' }],
  ])('reads %s', (path, name, params) => expect(match(path)).toEqual({ name, params }));
  it.each(['/nowhere', '/inbox/a/b/c', '/inbox/%E0%A4%A'])('knows no page at %s', (path) =>
    expect(match(path)).toBeNull(),
  );
});
