import { describe, expect, it } from '@jest/globals';
import { emojiOf, nameOf } from './emoji.ts';
import { htmlOf, textOf } from './read.ts';
import { mrkdwnOf } from './write.ts';

describe('textOf', () => {
  it.each([
    ['a &amp; b &lt;c&gt; &amp;lt;', 'a & b <c> &lt;'],
    ['<@U123> and <@U123|ada>', '@U123 and @ada'],
    [
      '<#C1|help> <!here> <!subteam^S1|@support> <!date^1392734382^{date}|February 18>',
      '#help @here @support February 18',
    ],
    [
      '<https://a.example> <https://a.example|a.example> <https://a.example|us>',
      'https://a.example a.example us (https://a.example)',
    ],
    ['<mailto:a@b.example|a@b.example> <tel:+49123|+49 123>', 'a@b.example +49 123 (+49123)'],
    [':wave::skin-tone-2: :party_parrot: 10:30:45', '👋🏻 :party_parrot: 10:30:45'],
    ['1 < 2 and >', '1 < 2 and >'],
  ])('%j → %j', (mrkdwn, text) => expect(textOf(mrkdwn)).toBe(text));
});

describe('htmlOf', () => {
  it.each<[string, string | null]>([
    ['plain, 2*3*4 and snake_case_word', null],
    ['*bold* _it_ ~gone~ `x*y*z`', '<strong>bold</strong> <em>it</em> <s>gone</s> <code>x*y*z</code>'],
    ['*_both_*', '<strong><em>both</em></strong>'],
    ['&lt;b&gt; *x*', '&lt;b&gt; <strong>x</strong>'],
    ['<https://a.example/a_b_c|*us*>', '<a href="https://a.example/a_b_c"><strong>us</strong></a>'],
    ['<javascript:alert(1)|x> *y*', 'x <strong>y</strong>'],
    ['<https://a.example/"onclick="x|y>', '<a href="https://a.example/&quot;onclick=&quot;x">y</a>'],
    ['```\n*no*\n```', '<pre>*no*\n</pre>'],
    ['&gt; said\nand', '<blockquote>said</blockquote>and'],
  ])('%j → %j', (mrkdwn, html) => expect(htmlOf(mrkdwn)).toBe(html));

  it('lets nothing through that was not escaped', () => {
    expect(htmlOf('<script>*x*</script> <img src=x onerror=y> *z*')).not.toMatch(/<(script|img)/);
  });

  it.each(['*'.repeat(40_000), '* '.repeat(20_000), '`a'.repeat(20_000), '<'.repeat(40_000), '_a '.repeat(13_000)])(
    'takes its time for nobody',
    (hostile) => {
      const began = performance.now();
      htmlOf(hostile);
      textOf(hostile);
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );
});

describe('mrkdwnOf', () => {
  it.each([
    ['<p>Hello <b>you</b> &amp; <i>you</i></p><p>2 &lt; 3</p>', 'Hello *you* &amp; _you_\n\n2 &lt; 3'],
    [
      '<a href="https://a.example">us</a> <a href="https://a.example">https://a.example</a>',
      '<https://a.example|us> <https://a.example>',
    ],
    ['<a href="javascript:x">us</a>', 'us'],
    ['<ul><li>one</li><li>two</li></ul><ol><li>a</li><li>b</li></ol>', '• one\n• two\n\n1. a\n2. b'],
    ['a<br>b<blockquote>c<br>d</blockquote>', 'a\nb\n> c\n> d'],
    ['<pre>x  y\n  z</pre><code>c</code>', '```x  y\n  z```\n`c`'],
    ['<b> spaced </b>x', '*spaced* x'],
    ['<h2>Title</h2>text', '*Title*\ntext'],
  ])('%j → %j', (html, mrkdwn) => expect(mrkdwnOf(html)).toBe(mrkdwn));
});

describe('emoji', () => {
  it('have their names in both directions', () => {
    expect([emojiOf('thumbsup'), emojiOf('+1::skin-tone-3'), emojiOf('thinking_face'), emojiOf('acme')]).toEqual(
      ['👍', '👍🏼', '🤔', undefined], // prettier-ignore
    );
    expect([nameOf('👍'), nameOf('👍🏼'), nameOf('❤️'), nameOf('❤'), nameOf(':acme:'), nameOf('constructor')]).toEqual(
      ['+1', '+1', 'heart', 'heart', 'acme', 'constructor'], // prettier-ignore
    );
    expect(emojiOf('constructor')).toBeUndefined();
  });
});
