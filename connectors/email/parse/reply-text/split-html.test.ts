import { describe, expect, it } from '@jest/globals';
import { splitHtml, textOfHtml } from './split-html.ts';

const quotes: readonly (readonly [program: string, html: string])[] = [
  [
    'Gmail',
    '<div dir="ltr">Yes.</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, Jane wrote:</div><blockquote class="gmail_quote">Shall we?</blockquote></div>',
  ],
  [
    'Gmail of 2010',
    '<div class="gmail_extra">Yes.<br><div class="gmail_quote">On Tue, Jane wrote:<blockquote>Shall we?</blockquote></div></div>',
  ],
  [
    'Thunderbird',
    '<p>Yes.</p><div class="moz-cite-prefix">On 3 Mar Jane wrote:<br></div><blockquote type="cite" cite="mid:1">Shall we?</blockquote>',
  ],
  [
    'Apple Mail',
    '<div>Yes.</div><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 10:12, Jane wrote:</div><div>Shall we?</div></blockquote></div>',
  ],
  [
    'Outlook on the web',
    '<div>Yes.</div><hr style="width:98%"><div id="divRplyFwdMsg"><b>From:</b> Jane</div><div>Shall we?</div>',
  ],
  [
    'Outlook on the web, quoted again',
    '<div>Yes.</div><div id="x_divRplyFwdMsg"><b>From:</b> Jane</div><div>Shall we?</div>',
  ],
  [
    'Outlook',
    '<div class="WordSection1"><p class="MsoNormal">Yes.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Jane &lt;jane@example.com&gt;<br><b>Sent:</b> Tuesday, March 3, 2026<br><b>To:</b> Support<br><b>Subject:</b> Order</p></div></div><p class="MsoNormal">Shall we?</p></div>',
  ],
  [
    'Yahoo',
    '<div>Yes.</div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Tuesday, Jane wrote:</div>Shall we?</div>',
  ],
  [
    'Proton Mail',
    '<div>Yes.</div><div class="protonmail_quote">On Tuesday, Jane wrote:<blockquote type="cite">Shall we?</blockquote></div>',
  ],
  ['Zimbra', '<div>Yes.<br><hr id="zwchr"><b>From: </b>Jane<br>Shall we?</div>'],
  ['an unknown program', '<p>Yes.</p><p>Jane &lt;jane@example.com&gt; wrote:</p><blockquote>Shall we?</blockquote>'],
];

describe('quotes in HTML', () => {
  for (const [program, html] of quotes) {
    it(`of ${program} are split off and kept`, () => {
      const { own, rest } = splitHtml(html);
      expect(own).toBe('Yes.');
      expect(rest).toContain('Shall we?');
    });
  }

  it('leave a blockquote that the sender indents with', () => {
    const html = '<p>You say:</p><blockquote>Shall we?</blockquote><p>We shall.</p><div class="gmail_quote">old</div>';
    expect(splitHtml(html).own).toBe('You say:\n\n    Shall we?\n\nWe shall.');
  });

  it('leave nothing of a mail that is one quote', () => {
    expect(splitHtml('<div class="gmail_quote">Forwarded: Shall we?</div>').own).toBe('');
  });
});

const texts: readonly (readonly [html: string, text: string])[] = [
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['One<br>Two<br><br>Three', 'One\nTwo\n\nThree'],
  ['<div>One <b>bold</b>\n  word</div><div>Two</div>', 'One bold word\nTwo'],
  ['<ul><li>One</li><li>Two</li></ul>', '- One\n- Two'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
  ['<pre>one\n  two</pre>', 'one\n  two'],
  ['a &amp; b &lt;c&gt;&nbsp;d', 'a & b <c> d'],
  ['<style>p{}</style><script>x()</script><p>Seen</p>', 'Seen'],
  ['Hi <img alt="😀" src="x.png"><img alt="A long description" src="y.png">', 'Hi 😀'],
];

describe('the text of HTML', () => {
  for (const [html, text] of texts) it(`of ${html} is as a reader sees it`, () => expect(textOfHtml(html)).toBe(text));
});
