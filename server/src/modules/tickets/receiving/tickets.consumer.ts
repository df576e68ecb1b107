import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { InboundEvent, type InboundKind } from '@switchboard/contract';
import { BusConsumer, PoisonError, type Bus, type Delivery, type Subscription } from '../../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../../platform/tokens.ts';
import { AccountLag } from '../../channels/index.ts';
import { CustomerRenamed, PictureChanged } from '../../customers/index.ts';
import { ChangeContent } from './change-content.ts';
import { ChangeDelivery } from './change-delivery.ts';
import { ChangeReactions } from './change-reactions.ts';
import { ReceiveEcho } from './receive-echo.ts';
import { ReceiveMessage } from './receive-message.ts';
import { RecordConsent } from './record-consent.ts';
import { RenameCustomer } from './rename-customer.ts';
import { ShowPicture } from './show-picture.ts';

type Handlers = { [K in InboundKind]?: (event: Extract<InboundEvent, { kind: K }>, attempt: number) => Promise<void> };

/** Everything that came in, thread by thread in its order. */
@Injectable()
export class TicketsConsumer extends BusConsumer {
  private readonly handlers: Handlers;

  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(AccountLag) private readonly lag: AccountLag,
    @Inject(ReceiveMessage) receive: ReceiveMessage,
    @Inject(ChangeDelivery) delivery: ChangeDelivery,
    @Inject(ChangeContent) content: ChangeContent,
    @Inject(ReceiveEcho) echo: ReceiveEcho,
    @Inject(ChangeReactions) reactions: ChangeReactions,
    @Inject(RecordConsent) consent: RecordConsent,
    @Inject(RenameCustomer) private readonly rename: RenameCustomer,
    @Inject(ShowPicture) private readonly picture: ShowPicture,
  ) {
    super();
    this.handlers = {
      'message.received': (event) => receive.run(event),
      'message.echoed': (event, attempt) => echo.run(event, attempt),
      'message.edited': (event, attempt) => content.run(event, attempt),
      'message.deleted': (event, attempt) => content.run(event, attempt),
      'reaction.changed': (event, attempt) => reactions.run(event, attempt),
      'delivery.changed': (event, attempt) => delivery.reported(event, attempt),
      'consent.changed': (event) => consent.run(event),
    };
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'tickets',
        topics: Object.keys(this.handlers).map((kind) => `inbound.*.${kind}`),
        shards: 8,
        retryDelaysMs: [500, 2000, 10_000, 60_000],
        handle: (delivery) => this.handle(delivery),
      },
      {
        name: 'tickets-customers',
        topics: ['customer.renamed'],
        shards: 1,
        retryDelaysMs: [500, 5000],
        handle: ({ payload }) => this.rename.run(CustomerRenamed.parse(payload)),
      },
      {
        name: 'tickets-pictures',
        topics: ['customer.picture-changed'],
        shards: 1,
        retryDelaysMs: [500, 5000],
        handle: ({ payload }) => this.picture.run(PictureChanged.parse(payload)),
      },
    ];
  }

  private async handle({ payload, attempt, publishedAt }: Delivery): Promise<void> {
    const parsed = InboundEvent.safeParse(payload);
    if (!parsed.success)
      throw new PoisonError(
        `Not an inbound event: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
      );
    const event = parsed.data;
    const handler = this.handlers[event.kind] as ((event: InboundEvent, attempt: number) => Promise<void>) | undefined;
    await this.lag.working(event.channelAccountId, publishedAt, async () => handler?.(event, attempt));
  }
}
