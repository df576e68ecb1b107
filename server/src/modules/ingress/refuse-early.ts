import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Admission } from './admission.ts';

/**
 * A webhook that would be turned away is so before its body is read: that would be memory already. Answered right here:
 * in a flood the refusals are what costs most.
 */
@Injectable()
export class RefuseEarly implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(Admission) private readonly admission: Admission,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance().addHook('onRequest', (request, reply, done) => {
      const { accountId } = request.params as { accountId?: string };
      if (accountId === undefined || !request.url.startsWith('/webhooks/')) return done();
      // Only asks: who comes in unverified must not hold a place.
      const refusal = this.admission.refuse(accountId);
      if (refusal === null) return done();
      void reply.code(503).header('retry-after', refusal.retryAfterSeconds).send(refusal.message);
    });
  }
}
