import { expect, it } from '@jest/globals';
import { isDue, sourceKey, type Picture } from './picture.ts';

it.each([
  ['https://scontent-fra3-1.cdn.example/v/t51/face_n.jpg?oh=1&oe=2', '/v/t51/face_n.jpg'],
  ['https://scontent-ams2-1.cdn.example/v/t51/face_n.jpg?oh=3&oe=4', '/v/t51/face_n.jpg'],
  ['picture-of:77', 'picture-of:77'],
  ['https://', 'https://'],
])('%s names the picture %s', (source, key) => expect(sourceKey(source)).toBe(key));

const now = new Date('2026-03-02T10:00:00.000Z');
const kept = (minutes: number, failed = false): Picture => ({
  ...{ mediaId: 'm', digest: 'd', source: '/face.jpg', failed, replaces: null },
  at: new Date(now.getTime() - minutes * 60_000),
});
it.each<[string, Picture | undefined, string, boolean]>([
  ['none yet', undefined, 'https://a.example/face.jpg', true],
  ['the same, of today', kept(1439), 'https://b.example/face.jpg?signed=anew', false],
  ['the same, of yesterday', kept(1440), 'https://a.example/face.jpg', true],
  ['another, at once', kept(9), 'https://a.example/other.jpg', false],
  ['another, a while later', kept(10), 'https://a.example/other.jpg', true],
  ['one that failed just now', kept(59, true), 'https://a.example/other.jpg', false],
  ['one that failed an hour ago', kept(60, true), 'https://a.example/face.jpg', true],
])('%s: whether it is time', (_, picture, source, due) => expect(isDue(picture, source, now)).toBe(due));
