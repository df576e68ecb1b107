import { Schema, type Connection, type Model } from 'mongoose';

export interface JobDocument {
  /** `<name>:<key>` */
  _id: string;
  name: string;
  key: string;
  dueAt: Date;
  /** JSON. */
  data: string;
  /** When to try next: at first `dueAt`; while a process has it, when its claim ends; after a failure, later. */
  runAt: Date;
  failures: number;
  /** Who has it. Scheduling anew takes it away, so that the run under way can't finish the new job. */
  claim?: string;
}

export interface PeriodDocument {
  /** The name given to `every`. */
  _id: string;
  nextAt: Date;
}

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;

const jobs = new Schema<JobDocument>(
  {
    _id: text,
    name: text,
    key: { type: String },
    dueAt: instant,
    data: text,
    runAt: instant,
    failures: { type: Number, required: true },
    claim: String,
  },
  { collection: 'jobs', versionKey: false },
);
jobs.index({ runAt: 1 });

const periods = new Schema<PeriodDocument>(
  { _id: text, nextAt: instant },
  { collection: 'job_periods', versionKey: false },
);

export interface JobModels {
  readonly jobs: Model<JobDocument>;
  readonly periods: Model<PeriodDocument>;
}

export async function openModels(connection: Connection): Promise<JobModels> {
  const models = {
    jobs: connection.model<JobDocument>('Job', jobs),
    periods: connection.model<PeriodDocument>('JobPeriod', periods),
  };
  await Promise.all(Object.values(models).map((model) => model.createIndexes()));
  return models;
}
