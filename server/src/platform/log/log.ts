import { pino, type Logger } from 'pino';
import { traceIdOf, traceparent } from './trace.ts';

/** A fixed sentence and fields: ids always, contents and secrets never. */
export interface Log {
  debug(sentence: string, fields?: object): void;
  info(sentence: string, fields?: object): void;
  warn(sentence: string, fields?: object): void;
  error(sentence: string, fields?: object): void;
  child(fields: object): Log;
}

export function openLog(level: string, format: 'json' | 'pretty'): Log {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const traceId = traceIdOf(traceparent());
      return traceId === undefined ? {} : { traceId };
    },
    serializers: { error: pino.stdSerializers.err },
  };
  return wrap(
    format === 'json' ? pino(options) : pino(options, { write: (line) => process.stdout.write(pretty(line)) }),
  );
}

function wrap(logger: Logger): Log {
  return {
    debug: (sentence, fields = {}) => logger.debug(fields, sentence),
    info: (sentence, fields = {}) => logger.info(fields, sentence),
    warn: (sentence, fields = {}) => logger.warn(fields, sentence),
    error: (sentence, fields = {}) => logger.error(fields, sentence),
    child: (fields) => wrap(logger.child(fields)),
  };
}

const names: Record<number, string> = { 20: 'debug', 30: 'info ', 40: 'warn ', 50: 'error' };

function pretty(line: string): string {
  const { level, time, msg, traceId, error, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const trace = typeof traceId === 'string' ? ` trace=${traceId.slice(0, 8)}` : '';
  const stack =
    error === undefined ? '' : `\n  ${String((error as { stack?: string }).stack ?? JSON.stringify(error))}`;
  return `${String(time).slice(11, 23)} ${names[Number(level)] ?? level} ${String(msg)}${rest.join('')}${trace}${stack}\n`;
}

/** For tests and tools that say nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };
