import type { VisitorHello, VisitorWelcome } from '@switchboard/contract';
import { contactOf, helloIdentity } from '../core/identity.ts';
import type { PageIdentity } from '../core/panel-handle.ts';
import type { Contact, Store } from '../core/store.ts';

/** Who is in front of the screen, as far as the page, the hub and this browser know. */
export class Visitor {
  readonly #account: string;
  readonly #store: Store;
  #page: PageIdentity | null;
  #contact = $state.raw<Contact>({});
  #sound = $state(false);

  constructor(account: string, store: Store, page: PageIdentity | null) {
    const { contact, sound } = store.read();
    this.#account = account;
    this.#store = store;
    this.#page = page;
    this.#contact = { ...contact, ...contactOf(page ?? {}) };
    this.#sound = sound ?? false;
  }

  get contact() {
    return this.#contact;
  }
  get sound() {
    return this.#sound;
  }
  get token() {
    return this.#store.read().token;
  }
  get draft() {
    return this.#store.read().draft ?? '';
  }

  set draft(draft: string) {
    this.#store.write({ draft });
  }

  set sound(sound: boolean) {
    this.#sound = sound;
    this.#store.write({ sound });
  }

  learn(contact: Contact): void {
    this.#contact = { ...this.#contact, ...contact };
    this.#store.write({ contact: this.#contact });
  }

  /** True where the hub has to hear of it: it proves somebody else than the hub knows. */
  identify(page: PageIdentity): boolean {
    this.#page = page;
    this.learn(contactOf(page));
    return this.#isAnother();
  }

  /** `changed`: this browser knew another conversation. Of another signed-in person, everything is forgotten. */
  hello(): { hello: VisitorHello; changed: boolean } {
    const changed = this.#isAnother() && this.token !== undefined;
    if (changed && this.#store.read().userId !== undefined) {
      this.#store.forget();
      this.#contact = contactOf(this.#page ?? {});
    } else if (changed) {
      // Nobody in particular has signed in: what he was writing is still his.
      this.forgetToken();
    }
    const identity = helloIdentity(this.#page);
    const page = { url: location.href.slice(0, 2000), title: document.title.slice(0, 300) };
    const token = this.token;
    return {
      hello: { account: this.#account, ...(token ? { token } : {}), ...(identity ? { identity } : {}), page },
      changed,
    };
  }

  welcome({ token }: VisitorWelcome): void {
    const userId = helloIdentity(this.#page)?.userId;
    this.#store.write({ token, ...(userId ? { userId } : {}) });
  }

  forgetToken(): void {
    this.#store.write({ token: undefined, userId: undefined });
  }

  #isAnother(): boolean {
    const identity = helloIdentity(this.#page);
    return identity !== undefined && identity.userId !== this.#store.read().userId;
  }
}
