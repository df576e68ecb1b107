import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { PRESENCE } from '../../../platform/tokens.ts';
import type { Agent } from '../agent.schema.ts';
import { hashPassword, passwordMatches } from './password.ts';

const WINDOW_MS = 5 * 60_000;
/** A whole centre may sit behind one address; nobody mistypes their own password ten times in five minutes. */
const limits = { address: 100, email: 10 };

@Injectable()
export class SignIn {
  /** What unknown e-mails are compared with, so that they take as long as known ones. */
  private readonly decoy = hashPassword(randomBytes(16).toString('hex'));

  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(PRESENCE) private readonly presence: Presence,
  ) {}

  async run({ email, password }: { email: string; password: string }, address: string): Promise<Agent> {
    await this.slowDown(`sign-in:address:${address}`, limits.address);
    await this.slowDown(`sign-in:email:${email}`, limits.email);
    const agent = await this.agents.findOne({ email }).lean<Agent>();
    const matches = await passwordMatches(password, agent?.passwordHash ?? (await this.decoy));
    if (agent === null || agent.passwordHash === null || !matches)
      throw new HubError('unauthenticated', 'E-mail address or password is wrong');
    if (!agent.active)
      throw new HubError('forbidden', 'This account is deactivated: ask an administrator to activate it again');
    return agent;
  }

  /** Counts one attempt, and refuses when there were too many. */
  async slowDown(bucket: string, limit: number): Promise<void> {
    const taken = await this.presence.take(bucket, limit, WINDOW_MS);
    if (taken.ok) return;
    const { retryAfterMs } = taken;
    const minutes = Math.ceil(retryAfterMs / 60_000);
    const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
    throw new HubError('rate-limited', `Too many attempts. Wait ${wait}, then try again`, { retryAfterMs });
  }
}
