import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import { HubError } from '../errors/hub-error.ts';
import { docsPage, docsScript, servedSwaggerFiles, swaggerFiles } from './api-docs.ts';
import { Health } from './health.ts';
import type { HubReply } from './hub-request.ts';
import { Metrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { sendFile } from './send-file.ts';

/** What machines and those who run the hub ask. */
@Controller()
export class ServiceController {
  private readonly document = openApiDocument();

  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The process runs and answers: nothing else is asked, for a restart would not mend it. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live() {
    return { ok: true };
  }

  @Get('health/ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: HubReply) {
    const readiness = await this.health.ready();
    reply.status(readiness.ok ? 200 : 503);
    return readiness;
  }

  @Get('metrics')
  @Header('cache-control', 'no-store')
  async measured(@Res({ passthrough: true }) reply: HubReply) {
    reply.header('content-type', this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }

  @Get('api/openapi.json')
  openApi() {
    return this.document;
  }

  @Get('api/docs')
  @Header('content-type', 'text/html; charset=utf-8')
  docs() {
    return docsPage;
  }

  @Get('api/docs/init.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script() {
    return docsScript;
  }

  @Get('api/docs/:file')
  file(@Param('file') file: string, @Res() reply: HubReply) {
    if (!servedSwaggerFiles.includes(file)) throw new HubError('not-found', 'There is no such file');
    return sendFile(reply, swaggerFiles, file, { 'cache-control': 'public, max-age=86400' });
  }
}
