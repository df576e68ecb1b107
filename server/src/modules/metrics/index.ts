export { figuresCsv } from './csv/figures-csv.ts';
export { LiveFigures, type LiveReading } from './figures/live-figures.ts';
export { ReadMetrics } from './figures/read-metrics.ts';
export { MetricsModule } from './metrics.module.ts';
