import type { Row } from '../report/row.ts';

export interface Scale {
  /** For a quick look: shorter rounds, less data. */
  readonly small: boolean;
}

export interface Part {
  readonly title: string;
  run(scale: Scale): Promise<Row[]>;
}
