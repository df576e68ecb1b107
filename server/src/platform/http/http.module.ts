import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Config } from '@switchboard/config';
import { CONFIG } from '../tokens.ts';
import { AccessGuard } from './access.guard.ts';
import { ErrorFilter } from './error.filter.ts';
import { Health } from './health.ts';
import { Metrics } from './metrics.ts';
import { securityHeaders } from './security-headers.ts';
import { ServiceController } from './service.controller.ts';
import { builtFolders, sendWebFile } from './web-files.ts';

/** What holds for every route, and the routes that belong to no feature. */
@Global()
@Module({
  controllers: [ServiceController],
  providers: [
    Health,
    Metrics,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [Health, Metrics],
})
export class HttpModule implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance();
    const headers = Object.entries(securityHeaders(this.config.PUBLIC_URL.startsWith('https:')));
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      for (const [name, value] of headers) if (!reply.hasHeader(name)) void reply.header(name, value);
      done(null, payload);
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      this.metrics.requestSeconds.observe(labels, reply.elapsedTime / 1000);
      done();
    });
    fastify.get('/*', (request, reply) => sendWebFile(builtFolders, request, reply));
  }
}
