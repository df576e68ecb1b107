import { createHash, randomBytes } from 'node:crypto';
import { fastifyCookie } from '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Authenticate, Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK, CONFIG } from '../../../platform/tokens.ts';
import { pictureOf, type Agent } from '../agent.schema.ts';
import { KnownCallers } from './known-callers.ts';
import { expiryFrom, isDueForRenewal, isExpired, SESSION_MS, type Session } from './session.schema.ts';

export const SESSION_COOKIE = 'switchboard_session';

/** Sessions live in the database: one that ends is over with the next request, on every process. */
@Injectable()
export class Sessions implements Authenticate {
  constructor(
    @Inject('sessions') private readonly sessions: Model<Session>,
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(KnownCallers) private readonly known: KnownCallers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async caller(cookieHeader: string | undefined, renew?: (cookie: string) => void): Promise<Caller | null> {
    const token = fastifyCookie.parse(cookieHeader ?? '')[SESSION_COOKIE];
    return token ? this.known.of(hashOf(token), () => this.find(token, renew)) : null;
  }

  private async find(token: string, renew?: (cookie: string) => void): Promise<Caller | null> {
    const now = this.clock.now();
    const session = await this.sessions.findById(hashOf(token)).lean<Session>();
    if (session === null || isExpired(session, now)) return null;
    const agent = await this.agents.findById(session.agentId).lean<Agent>();
    if (agent === null || !agent.active) return null;
    if (renew !== undefined && isDueForRenewal(session, now)) {
      await this.sessions.updateOne({ _id: session._id }, { $set: { lastSeenAt: now, expiresAt: expiryFrom(now) } });
      renew(this.cookie(token));
    }
    const { _id: id, name, role, queueIds } = agent;
    return { id, name, role, queueIds, sessionId: session._id, ...pictureOf(agent) };
  }

  /** Answers the cookie to set. */
  async start(agentId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const times = { createdAt: now, lastSeenAt: now, expiresAt: expiryFrom(now) };
    await this.sessions.create({ _id: hashOf(token), agentId, ...times });
    return this.cookie(token);
  }

  async end(sessionId: string): Promise<void> {
    await this.sessions.deleteOne({ _id: sessionId });
    await this.known.forget();
  }

  /** All of an agent but perhaps one; answers those that ended. */
  async endAll(agentId: string, butNot?: string): Promise<string[]> {
    const known = await this.sessions.find({ agentId }, { _id: 1 }).lean<Pick<Session, '_id'>[]>();
    const ended = known.map(({ _id }) => _id).filter((id) => id !== butNot);
    await this.sessions.deleteMany({ _id: { $in: ended } });
    await this.known.forget();
    return ended;
  }

  /** An agent's name, role or queues changed: the next request finds them. */
  readAnew(): Promise<void> {
    return this.known.forget();
  }

  cookie(token: string): string {
    return fastifyCookie.serialize(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.config.PUBLIC_URL.startsWith('https:'),
      path: '/',
      maxAge: token === '' ? 0 : SESSION_MS / 1000,
    });
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
