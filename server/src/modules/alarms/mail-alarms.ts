import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Role } from '@switchboard/contract';
import type { NewId } from '../../platform/clock/clock.ts';
import { within } from '../../platform/clock/within.ts';
import type { Log } from '../../platform/log/log.ts';
import { CONFIG, LOG, NEW_ID } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { Channels, colleagueMail } from '../channels/index.ts';
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
    const open = await this.channels.forColleagues();
    const lines = [
      ...raised.map(({ words }) => `${words}.`),
      ...ended.map(({ words }) => `Over: ${words}.`),
      `See ${this.config.PUBLIC_URL}${place}`,
    ];
    const subject = raised[0] === undefined ? `Over: ${ended[0]?.words}` : raised[0].words;
    const mail = {
      subject: `[Switchboard] ${subject}`,
      parts: [{ type: 'text' as const, text: lines.join('\n\n') }],
      by: 'alarms',
    };
    for (const to of await this.agents.withRoles(roles))
      await within(SEND_MS, open.channel.deliver(colleagueMail(open, { ...mail, id: this.newId(), to })));
  }
}
