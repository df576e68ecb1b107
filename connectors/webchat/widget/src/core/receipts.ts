import type { Entry } from './conversation.ts';

export interface ReceiptDue {
  readonly messageId: string;
  readonly state: 'delivered' | 'read';
}

/**
 * What the hub has yet to hear of its messages, each state once. A push was acknowledged, so `delivered` is due only for what
 * a welcome brought; told again after the next welcome, should the hub not have heard.
 */
export class Receipts {
  readonly #told = new Set<string>();

  due(entries: readonly Entry[], seen: boolean): ReceiptDue[] {
    return entries.flatMap(({ id, from, state }): ReceiptDue[] => {
      if (from !== 'agent' || id === null || state === 'read') return [];
      const due: ReceiptDue = { messageId: id, state: seen ? 'read' : 'delivered' };
      const key = `${due.state}:${id}`;
      if (this.#told.has(key) || (due.state === 'delivered' && state === 'delivered')) return [];
      this.#told.add(key);
      return [due];
    });
  }

  forget(): void {
    this.#told.clear();
  }
}
