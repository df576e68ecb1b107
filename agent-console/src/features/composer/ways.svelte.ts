import type { Way } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { Resource } from '../../app/resource.svelte.ts';
import type { Conversation } from '../conversation/conversation.svelte.ts';
import type { Composer } from './composer.svelte.ts';

/** Over what else the customer of a conversation can be reached, and going on there in the same ticket. */
export class Ways {
  /** The dialog for an address that is not known yet. */
  asking = $state(false);
  /** The menu of all of them. */
  shown = $state(false);
  readonly #conversation: Conversation;
  readonly #composer: Composer;
  readonly #found: Resource<readonly Way[]>;

  constructor(conversation: Conversation, composer: Composer) {
    this.#conversation = conversation;
    this.#composer = composer;
    const ask = { params: { id: conversation.id } };
    this.#found = new Resource(async () => (await call('tickets.ways', ask)).ways);
  }

  /** null: not read yet. */
  get all(): readonly Way[] | null {
    return this.#found.value;
  }
  read(): void {
    void this.#found.load();
  }

  /** Nothing is sent by it. Throws where it can't be written to. */
  async open(channelAccountId: string, recipient: string): Promise<void> {
    const ask = { params: { id: this.#conversation.id }, body: { channelAccountId, recipient } };
    const opened = await call('tickets.openWay', ask);
    this.#conversation.wayOpened(opened);
    this.#composer.setTarget(opened.threadId);
    this.read();
  }
}
