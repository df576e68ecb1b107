import { describe, expect, it } from '@jest/globals';
import { Drafts, emptyDraft, htmlToText, isBlank, isSame, textToHtml } from './drafts.ts';

function memory() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

describe('Drafts', () => {
  it('gives back what was written, for this agent and ticket alone', () => {
    const storage = memory();
    new Drafts('me', storage).write('t1', { ...emptyDraft, reply: 'Hello' });
    expect(new Drafts('me', storage).read('t1').reply).toBe('Hello');
    expect(new Drafts('me', storage).read('t2')).toEqual(emptyDraft);
    expect(new Drafts('you', storage).has('t1')).toBe(false);
  });

  it('knows its own change of the storage from others', () => {
    const storage = memory();
    const drafts = new Drafts('me', storage);
    drafts.write('t1', { ...emptyDraft, reply: 'Hello' });
    const [key = ''] = storage.held.keys();
    expect([drafts.isOf('t1', key), drafts.isOf('t2', key), new Drafts('you', storage).isOf('t1', key)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(drafts.isOf('t1', null)).toBe(true);
  });

  it('takes two for the same where nothing that is kept differs', () => {
    expect(isSame({ ...emptyDraft, mode: 'note' }, emptyDraft)).toBe(true);
    expect(isSame({ ...emptyDraft, reply: 'a' }, { ...emptyDraft, reply: 'a' })).toBe(true);
    expect(isSame({ ...emptyDraft, reply: 'a' }, { ...emptyDraft, note: 'a' })).toBe(false);
  });

  it('forgets a draft that is empty again', () => {
    const storage = memory();
    const drafts = new Drafts('me', storage);
    drafts.write('t1', { ...emptyDraft, reply: 'Hello' });
    drafts.write('t1', { ...emptyDraft, reply: '<p></p>', rich: true });
    expect(storage.held.size).toBe(0);
  });

  it('does not call a draft blank that has a file or a note', () => {
    expect(isBlank({ ...emptyDraft, note: 'x' })).toBe(false);
    expect(
      isBlank({ ...emptyDraft, files: [{ mediaId: 'm', fileName: 'a.png', mimeType: 'image/png', bytes: 1 }] }),
    ).toBe(false);
  });
});

describe('htmlToText', () => {
  it.each([
    ['<p>Hello <strong>you</strong></p><p>Bye</p>', 'Hello you\n\nBye'],
    ['<p>a<br>b</p>', 'a\nb'],
    ['<ul><li><p>one</p></li><li><p>two</p></li></ul><p>end</p>', '• one\n• two\n\nend'],
    ['<ol><li><p>one</p></li><li><p>two</p></li></ol>', '1. one\n2. two'],
    ['<p>See <a href="https://x.io/a">the page</a></p>', 'See the page (https://x.io/a)'],
    ['<p><a href="https://x.io/a">https://x.io/a</a></p>', 'https://x.io/a'],
    ['<blockquote><p>they said</p><p>this</p></blockquote><p>I say</p>', '> they said\n> \n> this\n\nI say'],
    ['<p>1 &lt; 2 &amp;&amp; &quot;x&quot;</p>', '1 < 2 && "x"'],
    ['<p></p>', ''],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text.replace(/> \n/, '>\n'));
  });

  it('comes back from plain words unchanged', () => {
    const text = 'Dear Grace,\n\n1 < 2 & "so"\nbye';
    expect(htmlToText(textToHtml(text))).toBe(text);
  });
});
