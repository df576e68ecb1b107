export { figuresCsv } from './csv/figures-csv.ts';
export { NO_QUEUE, type Fact } from './facts/fact.schema.ts';
export { ReadFacts } from './facts/read-facts.ts';
export { figuresOf } from './figures/figures.ts';
export { LiveFigures, type LiveReading } from './figures/live-figures.ts';
export { ReadMetrics } from './figures/read-metrics.ts';
export { MetricsModule } from './metrics.module.ts';
export { addFact, emptyCell, type Cell } from './rollups/cell.ts';
