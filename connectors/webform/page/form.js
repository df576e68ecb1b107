/* global document, location, CSSStyleSheet, script, form -- its own tag and what to ask, as connectors/webform/page.ts hands them in */
/** Runs on other people's pages, in a shadow root: no style of theirs gets in, none of ours out. */
const sheet = `
:host { display: block; max-width: 36rem; margin: 0 auto; padding: 1rem; box-sizing: border-box; color-scheme: light dark;
  font: 1rem/1.5 system-ui, sans-serif; color: light-dark(#1d2330, #e8eaf0); }
*, ::before { box-sizing: border-box; }
form, .thanks { display: grid; gap: 1rem; }
h1, h2 { margin: 0; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0; }
label, legend { display: block; font-weight: 600; }
label small { font-weight: 400; color: light-dark(#566072, #a8b0c0); }
input:not([type='checkbox']), select, textarea { width: 100%; margin-top: 0.25rem; padding: 0.5rem 0.625rem; font: inherit; font-weight: 400; color: inherit;
  background: light-dark(#fff, #161a22); border: 1px solid light-dark(#7a8496, #6d7789); border-radius: 6px; }
textarea { min-height: 9rem; resize: vertical; }
.consent { display: flex; gap: 0.625rem; align-items: baseline; font-weight: 400; }
.consent input { flex: none; width: 1rem; height: 1rem; margin: 0; transform: translateY(0.125rem); }
a { color: light-dark(#1f57c3, #8db4ff); }
button { justify-self: start; padding: 0.625rem 1.25rem; font: inherit; font-weight: 600; color: #fff; background: #1f57c3; border: 0;
  border-radius: 6px; cursor: pointer; }
button[disabled] { opacity: 0.6; cursor: default; }
:focus-visible { outline: 3px solid light-dark(#1f57c3, #8db4ff); outline-offset: 2px; }
.problem { padding: 0.625rem 0.75rem; color: light-dark(#8c1d18, #ffb4ab); background: light-dark(#fdecea, #3b1512); border-radius: 6px; }
.trap { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden; }
`;

const kinds = {
  name: { autocomplete: 'name', maxLength: 200 },
  email: { type: 'email', autocomplete: 'email', maxLength: 320 },
  phone: { type: 'tel', autocomplete: 'tel', maxLength: 40 },
  subject: { maxLength: 300 },
};

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function labelled(text, control, { words }) {
  const hint = control.required ? [] : [' ', make('small', {}, `(${words.optional})`)];
  return make('label', {}, text, ...hint, control);
}

function fieldsOf(form) {
  const { words, asked, topics, questions } = form;
  const known = Object.entries(asked)
    .filter(([, presence]) => presence !== 'off')
    .map(([name, presence]) => [
      words[name],
      make('input', { name, required: presence === 'required', ...kinds[name] }),
    ]);
  const options = [make('option', { value: '' }, words.choose), ...topics.map((topic) => make('option', {}, topic))];
  const topic = topics.length > 0 ? [[words.topic, make('select', { name: 'topic', required: true }, ...options)]] : [];
  const further = questions.map(({ label, required }, at) => [
    label,
    make('input', { name: `answer-${at}`, required, maxLength: 1000 }),
  ]);
  const message = [words.message, make('textarea', { name: 'message', required: true, maxLength: 20000 })];
  return [...known, ...topic, ...further, message].map(([text, control]) => labelled(text, control, form));
}

function consentOf({ consent, consentUrl }) {
  if (consent === '') return [];
  const box = make('input', { type: 'checkbox', name: 'consent', required: true });
  const link = { href: consentUrl, target: '_blank', rel: 'noopener' };
  return [
    make('label', { className: 'consent' }, box, consentUrl ? make('a', link, consent) : make('span', {}, consent)),
  ];
}

/** For programs: people don't see it, nor hear of it. */
function trap() {
  const input = make('input', { name: 'website', tabIndex: -1, autocomplete: 'off' });
  const label = make('label', { className: 'trap' }, 'Website', input);
  label.setAttribute('aria-hidden', 'true');
  return label;
}

function valuesOf(element, { questions, token }) {
  const { elements } = element;
  const value = (name) => elements.namedItem(name)?.value ?? '';
  const answers = questions.map(({ label }, at) => [label, value(`answer-${at}`)]);
  const lines = ['name', 'email', 'phone', 'subject', 'topic', 'message', 'website'].map((name) => [name, value(name)]);
  const consent = elements.namedItem('consent')?.checked ?? false;
  return { ...Object.fromEntries(lines), answers: Object.fromEntries(answers), consent, token, page: location.href };
}

/** `text/plain`, so that the browser need not ask first. What the hub says is wrong is for the person. */
async function send(form, values) {
  const headers = { 'content-type': 'text/plain' };
  const answer = await fetch(form.submitUrl, { method: 'POST', headers, body: JSON.stringify(values) });
  if (answer.ok) return { token: (await answer.json()).token };
  return { problem: answer.status === 400 || answer.status === 403 ? await answer.text() : form.words.failed };
}

/** On a page of its own it is the page's heading. */
function headingOf({ level, title }) {
  return make(`h${level}`, {}, title);
}

function drawForm(root, form) {
  const problem = make('p', { className: 'problem', hidden: true });
  problem.setAttribute('role', 'alert');
  const button = make('button', {}, form.button);
  const intro = form.intro ? [make('p', {}, form.intro)] : [];
  const element = make(
    'form',
    {},
    headingOf(form),
    ...intro,
    ...fieldsOf(form),
    ...consentOf(form),
    trap(),
    problem,
    button,
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.hidden = true;
    send(form, valuesOf(element, form))
      .catch(() => ({ problem: form.words.failed }))
      .then((outcome) => {
        button.disabled = false;
        if (outcome.problem === undefined) return drawThanks(root, { ...form, token: outcome.token });
        problem.textContent = outcome.problem;
        problem.hidden = false;
      });
  });
  root.replaceChildren(element);
  return element;
}

function drawThanks(root, form) {
  const words = make('p', { tabIndex: -1 }, form.thanks);
  const again = make('button', { type: 'button' }, form.words.again);
  again.addEventListener('click', () => drawForm(root, form).querySelector('input, select, textarea').focus());
  words.setAttribute('role', 'status');
  const thanks = make('div', { className: 'thanks' }, headingOf(form), words, again);
  root.replaceChildren(thanks);
  words.focus();
}

const host = document.createElement('div');
script.after(host);
const root = host.attachShadow({ mode: 'open' });
const style = new CSSStyleSheet();
style.replaceSync(sheet);
root.adoptedStyleSheets = [style];
drawForm(root, { ...form, level: script.dataset.level ?? 2 });
