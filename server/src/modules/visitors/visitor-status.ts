import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { VisitorPush } from '@switchboard/contract';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { repeat } from '../../platform/clock/repeat.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { BUS, CLOCK, LOG } from '../../platform/tokens.ts';
import { Agents, AGENTS_MOVED } from '../agents/index.ts';
import { Channels } from '../channels/index.ts';
import { MediaLinks } from '../media/index.ts';
import { Organisations } from '../organisation/index.ts';
import { ExpectReply } from '../tickets/index.ts';

type Status = Omit<Extract<VisitorPush, { type: 'status' }>, 'type'>;

const MOST_FACES = 3;
/** Opening hours begin and end, and a process that was killed says nothing. */
const LOOK_MS = 15_000;
/** A console that reloads leaves and comes back: nobody needs to see it flicker. */
const SETTLE_MS = 1_000;

export const statusRoom = (accountId: string): string => `status:${accountId}`;

/** Who is there to answer. Each process tells its own visitors when that becomes another. */
@Injectable()
export class VisitorStatus implements OnModuleInit, BeforeApplicationShutdown {
  private readonly told = new Map<string, string>();
  private stop = () => Promise.resolve();
  private settling: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(ExpectReply) private readonly expect: ExpectReply,
    @Inject(MediaLinks) private readonly links: MediaLinks,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const failed = (error: unknown) => this.log.warn('Visitors could not be told who is there', { error });
    this.stop = repeat(LOOK_MS, () => this.look(), failed);
    await this.bus.listen(AGENTS_MOVED, () => {
      this.settling ??= setTimeout(() => {
        this.settling = undefined;
        this.look().catch(failed);
      }, SETTLE_MS).unref();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.settling);
    await this.stop();
  }

  /** What a visitor is told on arrival; from then on changes are pushed. */
  async of(accountId: string): Promise<Status> {
    const status = await this.now(accountId);
    if (!this.told.has(accountId)) this.told.set(accountId, JSON.stringify(status));
    return status;
  }

  private async look(): Promise<void> {
    if (this.sockets.counts()['/visitor'] === 0) return this.told.clear();
    for (const [accountId, before] of this.told) {
      const status = await this.now(accountId);
      const after = JSON.stringify(status);
      if (after === before) continue;
      this.told.set(accountId, after);
      const push: VisitorPush = { type: 'status', ...status };
      this.sockets.emitHere('/visitor', statusRoom(accountId), 'push', push);
    }
  }

  private async now(accountId: string): Promise<Status> {
    const [open, faces, inHours] = await Promise.all([
      this.channels.open(accountId),
      this.agents.onlineNames(MOST_FACES),
      this.organisations.isOpen(this.clock.now()),
    ]);
    const online = inHours && faces.length > 0;
    const agents = faces.map((face) => ({ name: face.name, ...this.links.face(face) }));
    const expectedReply = online && open !== null ? await this.expect.of(open.account) : null;
    return { online, agents, ...(expectedReply !== null && { expectedReply }) };
  }
}
