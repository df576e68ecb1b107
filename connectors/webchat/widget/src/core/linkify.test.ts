import { describe, expect, it } from '@jest/globals';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe('links', () => {
  it.each([
    ['see https://a.example/b?c=d#e.', ['https://a.example/b?c=d#e']],
    ['(https://a.example/b)', ['https://a.example/b']],
    ['https://a.example/wiki/B_(c)', ['https://a.example/wiki/B_(c)']],
    ['(see https://a.example/wiki/B_(c)).', ['https://a.example/wiki/B_(c)']],
    ['"https://a.example", he said', ['https://a.example/']],
    ['www.a.example/b!', ['https://www.a.example/b']],
    ['write to ada@a.example.', ['mailto:ada@a.example']],
    ['HTTP://A.example', ['http://a.example/']],
    ['https://a.example/ü and http://b.example', ['https://a.example/%C3%BC', 'http://b.example/']],
  ])('%s has %j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'JaVaScRiPt:alert(1)',
    'version 1.2.3',
    'www.',
    'https://',
    'http://[',
    'a@b',
    '@name',
  ])('%s has none', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('lead to nothing but web pages and mail', () => {
    const text = 'javascript:https://a.example data:www.b.example x@y.example';
    for (const href of links(text)) expect(href).toMatch(/^(https?|mailto):/);
  });
});

it('loses no letter of the text', () => {
  for (const text of [
    '',
    'plain',
    'a https://b.example. c ada@d.example',
    '))https://a.example))',
    '\n\nwww.a.example\n',
  ]) {
    expect(
      linkify(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  }
});

it('takes no longer for a hostile text than for another', () => {
  const start = performance.now();
  linkify(`${'a.'.repeat(5000)}@${'('.repeat(4000)}`);
  linkify(`https://a.example/${')'.repeat(3000)}`);
  expect(performance.now() - start).toBeLessThan(1000);
});
