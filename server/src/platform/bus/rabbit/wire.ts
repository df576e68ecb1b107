import type { AsyncMessage, Envelope } from 'rabbitmq-client';

/** With an encoding named, the client leaves the body as it is, and the broker's own screens still show JSON. */
const JSON_BODY = { contentType: 'application/json', contentEncoding: 'utf-8', durable: true } as const;

export interface Stamp {
  readonly attempt: number;
  readonly publishedAt: Date;
}

export function envelope(exchange: string, routingKey: string, { attempt, publishedAt }: Stamp): Envelope {
  return { ...JSON_BODY, exchange, routingKey, headers: { attempt, 'published-at': publishedAt.getTime() } };
}

export function stampOf({ headers }: AsyncMessage): Stamp {
  const attempt: unknown = headers?.attempt;
  const publishedAt: unknown = headers?.['published-at'];
  return {
    attempt: typeof attempt === 'number' ? attempt : 1,
    publishedAt: new Date(typeof publishedAt === 'number' ? publishedAt : Date.now()),
  };
}

/** Anyone may put anything into a queue by hand. */
export function bodyOf({ body }: AsyncMessage): string {
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return typeof body === 'string' ? body : JSON.stringify(body);
}
