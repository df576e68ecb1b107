import { Inject, Injectable } from '@nestjs/common';
import { ConnectorError, type MessageTemplate } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { Kept } from '../../platform/clock/kept.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Channels } from './channels.ts';

const OLDEST_MS = 5 * 60_000;

/** The message templates of an account, as its provider has approved them. */
@Injectable()
export class ListTemplates {
  private readonly kept = new Map<string, Kept<MessageTemplate[]>>();

  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    channels.onChange((accountId) => this.kept.delete(accountId));
  }

  /** A page, after the one that is named. */
  async page(accountId: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
    const rest = (await this.all(accountId)).filter((one) => cursor === undefined || keyOf(one) > cursor);
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return { items, next: last !== undefined && rest.length > limit ? keyOf(last) : null };
  }

  private async all(accountId: string): Promise<MessageTemplate[]> {
    // Whether there still is such an account is asked each time; the provider is not.
    const open = await this.channels.open(accountId);
    if (open === null) throw new HubError('not-found', 'There is no such channel account, or it is disabled');
    if (open.channel.templates === undefined) return [];
    const kept = this.kept.get(accountId) ?? new Kept(OLDEST_MS, this.clock, () => this.load(accountId));
    this.kept.set(accountId, kept);
    return kept.read();
  }

  private async load(accountId: string): Promise<MessageTemplate[]> {
    const open = await this.channels.open(accountId);
    try {
      const templates = (await open?.channel.templates?.()) ?? [];
      return templates.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      throw new HubError('unavailable', `The templates could not be read. ${error.message}`);
    }
  }
}

const keyOf = ({ name, language }: MessageTemplate): string => `${name}:${language}`;
