import { constants } from 'node:zlib';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import { traced } from '../log/trace.ts';

export const LARGEST_JSON = 3_000_000;
export const LARGEST_UPLOAD = 26_214_400;

/** Nest's HTTP adapter: Fastify, with raw bodies (signatures cover bytes), limits and a trace for each request. */
export async function createHttpAdapter(options: { trustProxy: boolean }): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    trustProxy: options.trustProxy,
    bodyLimit: LARGEST_JSON,
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    routerOptions: { maxParamLength: 500 },
  });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    // The feedback's page is a form that works without a script.
    if (/^\/(?:webhooks|feedback)\//.test(request.url)) done(null, body);
    else parseJson(body as Buffer, done);
  });
  await fastify.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    // The plugin's 4 makes more bytes than gzip does.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } },
    threshold: 2_000,
    customTypes: /^text\/|javascript|json|svg\+xml/,
    // Signatures cover the bytes that were sent, and limits are theirs too.
    globalDecompression: false,
  });
  await fastify.register(fastifyCookie);
  await fastify.register(fastifyMultipart, { limits: { fileSize: LARGEST_UPLOAD, files: 1, fields: 5 } });
  // After the body is read: its events would come back outside of the trace.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const parent = request.headers['traceparent'];
    traced(typeof parent === 'string' ? parent : undefined, done);
  });
  return adapter;
}

function parseJson(body: Buffer, done: (error: Error | null, value?: unknown) => void): void {
  if (body.length === 0) return done(null, undefined);
  try {
    done(null, JSON.parse(body.toString('utf8')));
  } catch {
    done(Object.assign(new Error('The request’s body is not valid JSON'), { statusCode: 400 }));
  }
}
