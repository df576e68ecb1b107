import { createHash } from 'node:crypto';
import { RATINGS, type MenuLanguage, type Rating } from '@switchboard/contract';
import { escaped } from '../asking/survey-parts.ts';
import { words } from '../words.ts';

export const LONGEST_COMMENT = 2000;

export interface Form {
  readonly rating: Rating | null;
  readonly comment: string;
}
type Problem = 'choose' | 'tooLong';
export type Shown =
  | { readonly what: 'form'; readonly form: Form; readonly problem?: Problem }
  | { readonly what: 'thanks'; readonly form: Form; readonly until: Date }
  | { readonly what: 'closed' }
  | { readonly what: 'broken' };

export interface Page {
  /** Of the centre. */
  readonly name: string;
  readonly language: MenuLanguage;
  readonly question: string;
  readonly timeZone: string;
}

/** Names the files of the page by nothing: all of it is here, and works without a script. */
const style = `
:root{color-scheme:light dark;--surface:#fff;--page:#f4f5f7;--text:#1b1d22;--muted:#5b606b;--line:#c9cdd5;--edge:#858b97;--accent:#2456d6;--on:#fff;--good:#1d6b3a;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--surface:#1d2026;--page:#14161a;--text:#eceef2;--muted:#a9afbb;--line:#454b57;--edge:#7d8594;--accent:#8fb0ff;--on:#10141d;--good:#7fd49c;--bad:#ffa59e}}
*{box-sizing:border-box}
body{margin:0;padding:24px 12px;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:520px;margin:0 auto;padding:24px 20px;border:1px solid var(--line);border-radius:14px;background:var(--surface)}
header{color:var(--muted);font-size:14px}
h1{margin:4px 0 20px;font-size:22px;line-height:1.3}
form{display:grid;gap:20px}
fieldset{display:grid;gap:8px;margin:0;padding:0;border:0}
legend{padding:0 0 8px;font-weight:600}
.choice{display:flex;align-items:center;gap:12px;min-height:48px;padding:8px 14px;border:1px solid var(--edge);border-radius:10px;cursor:pointer}
.choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice b{min-width:1ch;font-variant-numeric:tabular-nums}
input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent)}
label.field{display:grid;gap:6px;font-weight:600}
label small{color:var(--muted);font-size:14px;font-weight:400}
textarea{width:100%;min-height:104px;padding:10px 12px;border:1px solid var(--edge);border-radius:10px;background:var(--surface);color:inherit;font:inherit;font-weight:400}
textarea:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
button{min-height:48px;padding:10px 20px;border:0;border-radius:10px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.thanks{color:var(--good);font-weight:600}.problem{color:var(--bad);font-weight:600}
p{margin:0 0 16px}p:last-child{margin:0}.quiet{color:var(--muted);font-size:14px}
@media(max-width:400px){body{padding:0}main{border:0;border-radius:0;padding:20px 16px;min-height:100vh}}
`;

export const pageHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  // The address is the key to the answer.
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
} as const;

export function feedbackPage(page: Page, shown: Shown): string {
  const { name, language } = page;
  const { page: said } = words[language];
  const title = shown.what === 'closed' ? said.closed : shown.what === 'broken' ? said.broken : page.question;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – ${escaped(name)}</title><style>${style}</style></head>
<body><main><header>${escaped(name)}</header><h1>${escaped(title)}</h1>
${contentOf(page, shown)}
</main></body></html>`;
}

function contentOf(page: Page, shown: Shown): string {
  const { page: said } = words[page.language];
  if (shown.what === 'closed') return `<p>${escaped(said.closedText)}</p>`;
  if (shown.what === 'broken') return `<p>${escaped(said.brokenText)}</p>`;
  if (shown.what === 'form')
    return `${shown.problem ? `<p class="problem" id="problem" role="alert">${escaped(said[shown.problem])}</p>` : ''}${formOf(page, shown.form, shown.problem)}`;
  const date = new Intl.DateTimeFormat(page.language, { dateStyle: 'long', timeZone: page.timeZone });
  const change = said.change.replace('{date}', date.format(shown.until));
  return `<p class="thanks" role="status">${escaped(said.thanks)}</p><p class="quiet">${escaped(change)}</p>${formOf(page, shown.form)}`;
}

function formOf({ language }: Page, { rating, comment }: Form, problem?: Problem): string {
  const { labels, page: said } = words[language];
  const choices = RATINGS.toReversed().map(
    (each) =>
      `<label class="choice"><input type="radio" name="rating" value="${each}" required${each === rating ? ' checked' : ''}><b>${each}</b> <span>${escaped(labels[each - 1] ?? '')}</span></label>`,
  );
  const wrong = (which: Problem) => (which === problem ? ' aria-describedby="problem"' : '');
  return `<form method="post"><fieldset${wrong('choose')}><legend>${escaped(said.rating)}</legend>${choices.join('')}</fieldset>
<label class="field"><span>${escaped(said.comment)} <small>(${escaped(said.optional)})</small></span><textarea name="comment" maxlength="${LONGEST_COMMENT}" rows="4"${wrong('tooLong')}>
${escaped(comment)}</textarea></label>
<button type="submit">${escaped(said.send)}</button></form>`;
}
