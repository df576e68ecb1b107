import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { OutboundCommandOf, Role } from '@switchboard/contract';
import type { NewId } from '../../platform/clock/clock.ts';
import { within } from '../../platform/clock/within.ts';
import type { Log } from '../../platform/log/log.ts';
import { CONFIG, LOG, NEW_ID } from '../../platform/tokens.ts';
import { Agents, type Agent } from '../agents/index.ts';
import { Channels, type OpenChannel } from '../channels/index.ts';
import type { Alarm } from './alarm.schema.ts';
import { Alarms } from './alarms.ts';

const SEND_MS = 30_000;

interface Audience {
  readonly roles: readonly Role[];
  /** Where in the console they see more. */
  readonly place: string;
}
interface News extends Audience {
  readonly raised: readonly Alarm[];
  readonly ended: readonly Alarm[];
}
const ofFloor = ({ about }: Alarm): boolean => about.kind === 'rule';
const audiences: readonly (Audience & { about: (alarm: Alarm) => boolean })[] = [
  { roles: ['supervisor', 'administrator'], place: '/floor', about: ofFloor },
  { roles: ['administrator'], place: '/settings/health', about: (alarm) => !ofFloor(alarm) },
];

/** Writes to those whom it concerns, over the centre's own e-mail: what is wrong, once, and that it is over. */
@Injectable()
export class MailAlarms {
  constructor(
    @Inject(Alarms) private readonly alarms: Alarms,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** `over`: alarms that have just ended. */
  async run(over: readonly Alarm[]): Promise<void> {
    const raised = await this.alarms.toMail();
    const ended = over.filter(({ mailedAt }) => mailedAt !== null);
    if (raised.length + ended.length === 0) return;
    for (const { about, ...audience } of audiences)
      await this.tell({ ...audience, raised: raised.filter(about), ended: ended.filter(about) });
  }

  private async tell(news: News): Promise<void> {
    const { raised, ended } = news;
    if (raised.length + ended.length === 0) return;
    try {
      await this.send(news);
    } catch (error) {
      await this.alarms.notMailed(raised);
      this.log.warn('People could not be written to about alarms', { count: raised.length, error });
    }
  }

  private async send({ raised, ended, roles, place }: News): Promise<void> {
    const open = await this.channels.thatStarts('email');
    if (open === null) throw new Error('There is no active e-mail account to send it with');
    const lines = [
      ...raised.map(({ words }) => `${words}.`),
      ...ended.map(({ words }) => `Over: ${words}.`),
      `See ${this.config.PUBLIC_URL}${place}`,
    ];
    const subject = raised[0] === undefined ? `Over: ${ended[0]?.words}` : raised[0].words;
    for (const person of await this.agents.withRoles(roles))
      await within(SEND_MS, open.channel.deliver(this.mailTo(person, open, subject, lines.join('\n\n'))));
  }

  private mailTo(
    { email, name }: Agent,
    { account }: OpenChannel,
    subject: string,
    text: string,
  ): OutboundCommandOf<'message.send'> {
    const id = this.newId();
    return {
      specVersion: 1,
      kind: 'message.send',
      ...{ commandId: id, messageId: id, ticketId: id, channelAccountId: account._id },
      thread: { externalId: id, subject: `[Switchboard] ${subject}` },
      recipient: { externalId: email, displayName: name },
      requestedBy: { type: 'rule', id: 'alarms', displayName: 'Switchboard' },
      parts: [{ type: 'text', text }],
    };
  }
}
