import { describe, expect, it } from '@jest/globals';
import { htmlFromText, sanitiseHtml } from './sanitise-html.ts';

const cases: readonly (readonly [name: string, dirty: string, clean: string])[] = [
  ['scripts', 'a<script>alert(1)</script>b', 'ab'],
  ['a script in pieces', 'a<scr<script>ipt>alert(1)</scr</script>ipt>b', 'aipt&gt;alert(1)ipt&gt;b'],
  ['event handlers', '<p onclick="x()">a</p>', '<p>a</p>'],
  ['javascript links', '<a href="java\nscript:x()">a</a>', '<a>a</a>'],
  ['styles that cover the page', '<p style="position:fixed;color:red">a</p>', '<p style="color:red">a</p>'],
  [
    'styles that fetch',
    '<p style="background:url(http://t.example/x);font-size:12px">a</p>',
    '<p style="font-size:12px">a</p>',
  ],
  ['escaped styles', '<p style="background-color:\\75rl(x)">a</p>', '<p>a</p>'],
  ['frames, forms and objects', '<iframe src="x"></iframe><form><input></form><object></object>b', 'b'],
  ['style sheets', '<style>p{color:red}</style><p>a</p>', '<p>a</p>'],
  ['pictures by scripts', '<img src="javascript:x()">', '<img />'],
  ['meta and base', '<meta http-equiv="refresh" content="0"><base href="//x">a', 'a'],
];

describe('sanitised HTML', () => {
  for (const [name, dirty, clean] of cases) it(`goes without ${name}`, () => expect(sanitiseHtml(dirty)).toBe(clean));

  it('keeps pictures of the mail, of other servers and written into it', () => {
    const html = '<img src="cid:1@x" /><img src="https://example.com/x.png" /><img src="data:image/png;base64,AA==" />';
    expect(sanitiseHtml(html)).toBe(html);
  });

  it('keeps links, tables and colours', () => {
    const html = '<table><tr><td style="padding:3px"><a href="mailto:jane@example.com">Jane</a></td></tr></table>';
    expect(sanitiseHtml(html)).toBe(html);
  });

  it('is nothing rather than cut in the middle', () => expect(sanitiseHtml('x'.repeat(2_000_001)).length).toBe(0));

  it('drops pictures written into it before it is nothing', () => {
    expect(sanitiseHtml(`<p>Hi</p><img src="data:image/png;base64,${'A'.repeat(2_000_000)}">`)).toBe(
      '<p>Hi</p><img />',
    );
  });
});

it('shows plain text as it is written', () => {
  expect(htmlFromText('a <b>\n "c" & d')).toBe(
    '<div style="white-space:pre-wrap">a &lt;b&gt;\n &quot;c&quot; &amp; d</div>',
  );
});
