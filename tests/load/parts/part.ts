import type { Row } from '../report/row.ts';

export interface Scale {
  /** For a quick look: shorter rounds, less data. */
  readonly small: boolean;
  /** When the whole run has to be over, by `performance.now()`: a slow machine gets less data. */
  readonly until: number;
}

export interface Part {
  readonly title: string;
  run(scale: Scale): Promise<Row[]>;
}
