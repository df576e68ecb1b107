import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Bus } from '../bus/bus.ts';
import { Sockets } from '../live/sockets.ts';
import { BUS } from '../tokens.ts';

/** What Prometheus reads. Modules add theirs: `new Counter({ …, registers: [metrics.registry] })`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly requestSeconds = new Histogram({
    name: 'switchboard_http_request_seconds',
    help: 'Time to answer HTTP requests, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor(@Inject(BUS) bus: Bus, @Inject(Sockets) sockets: Sockets) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'switchboard_bus_depth',
      help: 'Messages that wait or are in work, by subscription',
      labelNames: ['subscription'],
      registers: [this.registry],
      async collect() {
        for (const [subscription, depth] of Object.entries(await bus.depth())) this.set({ subscription }, depth);
      },
    });
    new Gauge({
      name: 'switchboard_sockets',
      help: 'Connected sockets of this process, by namespace',
      labelNames: ['namespace'],
      registers: [this.registry],
      collect() {
        for (const [namespace, count] of Object.entries(sockets.counts())) this.set({ namespace }, count);
      },
    });
    new Gauge({
      name: 'switchboard_sockets_dropped_total',
      help: 'Sockets of this process that were cut off because they did not read',
      registers: [this.registry],
      collect() {
        this.set(sockets.dropped());
      },
    });
  }
}
