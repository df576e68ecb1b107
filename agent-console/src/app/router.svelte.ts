import { match } from './match.ts';
import type { RouteName } from './routes.ts';

export interface Place {
  readonly name: RouteName;
  readonly params: Readonly<Record<string, string>>;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The address bar as state. Links are plain `<a href>`: a click that stays in the console does not load the page anew. */
class Router {
  #place = $state.raw<Place | null>(read());
  /** Asked before leaving; false keeps the person where they are. */
  readonly #guards = new Set<() => boolean>();
  #href = location.href;

  constructor() {
    addEventListener('popstate', () => {
      if (this.#mayLeave()) this.#arrive();
      else history.pushState(null, '', this.#href);
    });
    document.addEventListener('click', (event) => this.#onClick(event));
  }

  /** null: no page has this address. */
  get place(): Place | null {
    return this.#place;
  }
  get path(): string {
    return this.#place?.path ?? location.pathname;
  }
  param(name: string): string | undefined {
    return this.#place?.params[name];
  }

  go(href: string, { replace = false } = {}): void {
    const url = new URL(href, location.href);
    if (url.href === location.href || !this.#mayLeave()) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    this.#arrive();
  }

  back(otherwise: string): void {
    if (history.length > 1) history.back();
    else this.go(otherwise, { replace: true });
  }

  /** For unsaved work. Returns the way to lift it. */
  guard(mayLeave: () => boolean): () => void {
    this.#guards.add(mayLeave);
    return () => this.#guards.delete(mayLeave);
  }

  #mayLeave(): boolean {
    return [...this.#guards].every((guard) => guard());
  }
  #arrive(): void {
    this.#href = location.href;
    this.#place = read();
  }

  #onClick(event: MouseEvent): void {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!plain || event.defaultPrevented || !link?.href || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !match(url.pathname)) return;
    event.preventDefault();
    this.go(url.href);
  }
}

function read(): Place | null {
  const found = match(location.pathname);
  return found && { ...found, path: location.pathname, query: new URLSearchParams(location.search) };
}

export const router = new Router();
