import { adoptStyles } from '../core/adopt-styles.ts';
import type { LauncherLook } from '../core/store.ts';
import { launcherTexts, textsOf } from '../core/texts.ts';
import type { Texts } from '../core/texts.ts';
import css from './launcher.css?inline';

const svgNamespace = 'http://www.w3.org/2000/svg';
const shapes = {
  'when-closed':
    'M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.9-.9L3 20.5l1.7-5a8 8 0 0 1-.7-4 8.4 8.4 0 0 1 8.5-8 8.4 8.4 0 0 1 8.5 8z',
  'when-open': 'm6 9 6 6 6-6',
};

const drawShape = ([name, path]: [string, string]): SVGElement => {
  const svg = document.createElementNS(svgNamespace, 'svg');
  const shape = document.createElementNS(svgNamespace, 'path');
  const attributes = { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8', class: name };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  svg.setAttribute('stroke-linecap', 'round');
  svg.setAttribute('stroke-linejoin', 'round');
  svg.setAttribute('aria-hidden', 'true');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
};

const element = <K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(name), { className });

type LauncherKey = 'launcherLabel' | 'loadFailed' | 'unread';

const NAME = 'switchboard-chat';

/** The element of the chat. A page that swaps its scripts may load this one twice: a name is defined once and for good. */
const hostElement = (): HTMLElement => {
  if (!customElements.get(NAME)) customElements.define(NAME, class extends HTMLElement {});
  return document.createElement(NAME);
};

/** The button in the corner, and the one element that the host page gets: `<switchboard-chat>`, its inside in a shadow root. */
export class Launcher {
  readonly root: ShadowRoot;
  /** Where the panel draws itself: before the button, in the order of the Tab key. */
  readonly frame = element('div', 'sb');
  readonly #host = hostElement();
  readonly #button = element('button', 'launcher');
  readonly #badge = element('span', 'badge');
  /** Says aloud what the badge shows. */
  readonly #news = element('p', 'news');
  readonly #problem = element('p', 'problem');
  #look: LauncherLook;
  #unread = 0;

  constructor(look: LauncherLook, pressed: () => void) {
    this.#look = look;
    this.root = this.#host.attachShadow({ mode: 'open' });
    adoptStyles(this.root, css);
    this.#button.type = 'button';
    this.#button.append(...Object.entries(shapes).map(drawShape), this.#badge);
    this.#button.setAttribute('aria-haspopup', 'dialog');
    this.#button.addEventListener('click', pressed);
    this.#badge.setAttribute('aria-hidden', 'true');
    this.#news.setAttribute('role', 'status');
    this.#problem.setAttribute('role', 'alert');
    const corner = element('section', 'corner');
    corner.append(this.#news, this.#problem, this.#button);
    this.frame.append(corner);
    this.root.append(this.frame);
    this.opened = false;
    this.#draw();
    // Beside body and not in it: a page that swaps or transforms its body keeps the chat.
    document.documentElement.append(this.#host);
  }

  set opened(opened: boolean) {
    this.#button.setAttribute('aria-expanded', String(opened));
    this.frame.toggleAttribute('data-open', opened);
  }

  set busy(busy: boolean) {
    this.#button.setAttribute('aria-busy', String(busy));
  }

  set failed(failed: boolean) {
    this.#problem.textContent = failed ? this.#texts('loadFailed') : '';
  }

  set unread(count: number) {
    this.#unread = count;
    this.#draw();
  }

  get look(): LauncherLook {
    return this.#look;
  }

  set look(look: LauncherLook) {
    this.#look = look;
    this.#draw();
  }

  focus(): void {
    this.#button.focus();
  }

  remove(): void {
    this.#host.remove();
  }

  get #texts(): Texts<LauncherKey> {
    return textsOf(launcherTexts, this.#look.texts, navigator.languages);
  }

  #draw(): void {
    const { position, accent, onAccent } = this.#look;
    const texts = this.#texts;
    const label = texts('launcherLabel');
    const unread = this.#unread > 0 ? texts('unread', { count: this.#unread }) : '';
    this.#button.setAttribute('aria-label', unread ? `${label}, ${unread}` : label);
    this.#news.textContent = unread;
    this.#button.title = label;
    this.#button.parentElement?.setAttribute('aria-label', label);
    this.#badge.textContent = this.#unread > 99 ? '99+' : String(this.#unread);
    this.#badge.hidden = this.#unread === 0;
    this.frame.dataset['position'] = position;
    this.frame.style.setProperty('--accent', accent);
    this.frame.style.setProperty('--on-accent', onAccent);
  }
}
