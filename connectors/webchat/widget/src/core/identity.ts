import type { VisitorHello } from '@switchboard/contract';
import type { PageIdentity } from './panel-handle.ts';
import type { Contact } from './store.ts';

/** Simple on purpose: the hub decides. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text);

export const contactOf = ({ name, email }: Pick<PageIdentity, 'name' | 'email'>): Contact => ({
  ...(name ? { name: name.slice(0, 200) } : {}),
  ...(email && isEmail(email) ? { email } : {}),
});

/** Only a hash proves who it is; name and address without one are a contact. */
export const helloIdentity = (page: PageIdentity | null): VisitorHello['identity'] =>
  page?.userId && page.hash ? { userId: page.userId, hash: page.hash, ...contactOf(page) } : undefined;
