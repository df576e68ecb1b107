import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { RawRequest, VerifiedRequest } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import { traced } from '../../platform/log/trace.ts';
import { Channels } from '../channels/index.ts';
import { AcceptRaw, type Accepted } from './accept-raw.ts';

/** A mailbox can wait, and a mail server waits ten minutes for our word (RFC 5321, 4.5.3.2.6). After this it is asked to come again. */
const PATIENCE_MS = 20_000;

/** What a connector's own listener brings (a mailbox, a receiver) goes the same way as a webhook. */
@Injectable()
export class TakeFromListeners implements OnModuleInit {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AcceptRaw) private readonly accept: AcceptRaw,
  ) {}

  onModuleInit(): void {
    this.channels.takeRawWith((accountId, request) => traced(undefined, () => this.take(accountId, request)));
  }

  private async take(accountId: string, request: RawRequest): Promise<Accepted> {
    const open = await this.channels.open(accountId);
    if (open === null) throw new HubError('unavailable', 'The channel account is disabled');
    // The listener fetched it from its own mailbox or took it at its own door: it vouches by handing it in.
    return this.accept.run(open, request as VerifiedRequest, { patienceMs: PATIENCE_MS });
  }
}
