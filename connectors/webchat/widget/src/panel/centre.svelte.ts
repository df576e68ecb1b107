import type { ExpectedReply, VisitorAppearance, VisitorPush, VisitorWelcome } from '@switchboard/contract';
import { defaultAppearance, textsFor } from './look.ts';

type Agent = VisitorWelcome['agents'][number];

/** The other side: how it looks and speaks, and who is there. */
export class Centre {
  #appearance = $state.raw<VisitorAppearance>(defaultAppearance);
  #agents = $state.raw<readonly Agent[]>([]);
  #online = $state(true);
  #known = $state(false);
  #expectedReply = $state.raw<ExpectedReply | null>(null);
  /** While nobody has the visitor, as the hub says it. */
  wait = $state<string | null>(null);
  #texts = $derived(textsFor(this.#appearance));

  constructor(appearance: VisitorAppearance) {
    this.#appearance = appearance;
  }

  get appearance() {
    return this.#appearance;
  }
  get texts() {
    return this.#texts;
  }
  get agents() {
    return this.#agents;
  }
  get online() {
    return this.#online;
  }
  get expectedReply() {
    return this.#expectedReply;
  }
  /** The hub has answered at least once: what is shown of it is no guess. */
  get known() {
    return this.#known;
  }

  welcome({ appearance, agents, online, expectedReply }: VisitorWelcome): void {
    this.#appearance = { ...defaultAppearance, ...(appearance as Partial<VisitorAppearance>) };
    this.#agents = agents;
    this.#online = online;
    this.#expectedReply = expectedReply ?? null;
    this.#known = true;
  }

  status({ agents, online, expectedReply }: Extract<VisitorPush, { type: 'status' }>): void {
    this.#agents = agents;
    this.#online = online;
    this.#expectedReply = expectedReply ?? null;
  }
}
