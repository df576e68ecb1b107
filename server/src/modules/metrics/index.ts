export { figuresCsv } from './csv/figures-csv.ts';
export { LiveFigures, type QueueFigures } from './figures/live-figures.ts';
export { ReadMetrics } from './figures/read-metrics.ts';
export { MetricsModule } from './metrics.module.ts';
