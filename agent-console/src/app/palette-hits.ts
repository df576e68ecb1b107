import type { CustomerView, TicketRow } from '@switchboard/contract';
import type { Command } from './commands.svelte.ts';

export type Hit =
  | { readonly kind: 'ticket'; readonly id: string; readonly ticket: TicketRow }
  | { readonly kind: 'customer'; readonly id: string; readonly customer: CustomerView }
  | { readonly kind: 'command'; readonly id: string; readonly command: Command };

export const ticketHit = (ticket: TicketRow): Hit => ({ kind: 'ticket', id: `t${ticket.id}`, ticket });
export const customerHit = (customer: CustomerView): Hit => ({ kind: 'customer', id: `c${customer.id}`, customer });
export const commandHit = (command: Command): Hit => ({ kind: 'command', id: `a${command.id}`, command });

export interface HitGroup {
  readonly name: string;
  readonly hits: readonly Hit[];
}

/** Under their headings, which stand in the order of their best hit. */
export function grouped(all: readonly { group: string; hit: Hit }[]): HitGroup[] {
  const names = [...new Set(all.map(({ group }) => group))];
  return names.map((name) => ({ name, hits: all.filter(({ group }) => group === name).map(({ hit }) => hit) }));
}
