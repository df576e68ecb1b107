import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { Agent } from '../agent.schema.ts';
import { ConsoleSockets } from '../console-sockets.ts';
import { Sessions } from './sessions.ts';

/** Whoever signs out goes by choice, which is another thing than being cut off: written before their consoles close. */
@Injectable()
export class SignOut {
  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ConsoleSockets) private readonly consoles: ConsoleSockets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ id, sessionId }: Caller): Promise<void> {
    await this.agents.updateOne({ _id: id }, { $set: { signedOutAt: this.clock.now() } });
    await this.sessions.end(sessionId);
    this.consoles.signOutSession(sessionId);
  }
}
