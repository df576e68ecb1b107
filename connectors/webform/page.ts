import { readFileSync } from 'node:fs';
import { questionsOf, words } from './settings.ts';
import type { FormSettings } from './settings.ts';

/** From source as well as from dist. */
const file = new URL(`${import.meta.url.endsWith('.ts') ? '.' : '../../webform'}/page/form.js`, import.meta.url);
let source: string | undefined;

/** The script that puts the form where its tag stands, with all that it needs to know. */
export const formScript = (settings: FormSettings, submitUrl: string, token: string): string => {
  source ??= readFileSync(file, 'utf8');
  const { title, intro, name, email, phone, subject, topics, consent, consentUrl, button, thanks } = settings;
  const asked = { name, email, phone, subject };
  const shown = { title, intro, asked, topics, consent, consentUrl, button, thanks };
  const form = { ...shown, questions: questionsOf(settings), words: { ...words, ...settings.texts }, submitUrl, token };
  return `((script, form) => {\n${source}})(document.currentScript, ${JSON.stringify(form)});\n`;
};

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** A page of its own, for who has no website, and for trying the form. */
export const formPage = ({ title }: FormSettings, scriptUrl: string): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="light dark" />
  <title>${escape(title)}</title>
  <main><script src="${escape(scriptUrl)}" data-level="1"></script></main>
</html>
`;
