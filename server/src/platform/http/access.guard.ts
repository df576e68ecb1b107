import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Config } from '@switchboard/config';
import { api, type Endpoint, type OperationId, type Role } from '@switchboard/contract';
import { HubError } from '../errors/hub-error.ts';
import { CONFIG } from '../tokens.ts';
import { AUTHENTICATE, type Authenticate, type HubReply, type HubRequest } from './hub-request.ts';
import { OPERATION } from './operation.ts';
import { ownOrigin } from './own-origin.ts';

const rank: Record<Role, number> = { agent: 1, supervisor: 2, administrator: 3 };

/** Every operation: same origin for what changes anything, a session, and the role that the contract demands. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AUTHENTICATE) private readonly sessions: Authenticate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const id = this.reflector.get<OperationId | undefined>(OPERATION, context.getHandler());
    if (id === undefined || context.getType() !== 'http') return true;
    const endpoint: Endpoint = api[id];
    const request = context.switchToHttp().getRequest<HubRequest>();
    if (endpoint.method !== 'GET') this.requireOwnOrigin(request);
    if (endpoint.access === 'public') return true;
    const reply = context.switchToHttp().getResponse<HubReply>();
    const caller = await this.sessions.caller(
      request.headers.cookie,
      (cookie) => void reply.header('set-cookie', cookie),
    );
    if (caller === null) throw new HubError('unauthenticated', 'Sign in first');
    if (rank[caller.role] < rank[endpoint.access])
      throw new HubError('forbidden', `This needs the role ${endpoint.access}; yours is ${caller.role}`);
    request.caller = caller;
    return true;
  }

  /** A browser always names the origin of a request that changes something; other pages' are refused (CSRF). */
  private requireOwnOrigin(request: HubRequest): void {
    const { origin, host } = request.headers;
    if (ownOrigin(origin, host, this.config.PUBLIC_URL)) return;
    throw new HubError(
      'forbidden',
      `Requests from ${origin} are not accepted: set PUBLIC_URL if that is how people reach this hub`,
    );
  }
}
