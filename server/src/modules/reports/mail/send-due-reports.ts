import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectorError } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, JOBS, LOG } from '../../../platform/tokens.ts';
import { Agents, type Agent } from '../../agents/index.ts';
import { Audit } from '../../audit/index.ts';
import { Organisations } from '../../organisation/index.ts';
import type { StoredReport } from '../saved-report.schema.ts';
import { MailReport } from './mail-report.ts';
import { nextMailing } from './next-mailing.ts';

const EVERY_MS = 60_000;
/** Longer than one mail may take. */
const LEASE_MS = 120_000;
const AGAIN_MS = 600_000;
const MOST_TRIES = 3;
const AT_ONCE = 100;

interface Outcome {
  readonly done: string[];
  readonly problems: string[];
  sent: number;
  /** Some may yet get it. */
  again: boolean;
}
const NOBODY = 'None of those whom it goes to works here any more';

/**
 * Mails the reports whose time has come. Whoever moves `tryAt` has the report, and moves it on with each mail: who dies is
 * followed by another after two minutes, who goes on after those who have it already. Of what was missed one is mailed.
 */
@Injectable()
export class SendDueReports implements OnModuleInit {
  constructor(
    @Inject('savedreports') private readonly reports: Model<StoredReport>,
    @Inject(MailReport) private readonly mail: MailReport,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('send-due-reports', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const due = await this.reports
      .find({ tryAt: { $lte: this.clock.now() } })
      .sort({ tryAt: 1 })
      .limit(AT_ONCE)
      .lean<StoredReport[]>();
    await eachInTurn(
      due,
      async (report) => {
        const held = await this.hold(report, {});
        if (held !== null) await this.send(held);
      },
      (error, { _id }) => this.log.warn('What became of a mailed report was not stored', { reportId: _id, error }),
    );
  }

  /** null: another process has it, or somebody changed it. */
  private hold(report: StoredReport, change: object): Promise<StoredReport | null> {
    const tryAt = new Date(Math.max(this.clock.now().getTime() + LEASE_MS, (report.tryAt?.getTime() ?? 0) + 1));
    return this.reports
      .findOneAndUpdate(
        { _id: report._id, tryAt: report.tryAt },
        { $set: { tryAt, ...change } },
        { returnDocument: 'after' },
      )
      .lean<StoredReport>();
  }

  private async send(report: StoredReport): Promise<void> {
    const outcome: Outcome = { done: [...report.done], problems: [], sent: 0, again: false };
    let held = report;
    try {
      for await (const _ of this.toEach(report, outcome)) {
        const still = await this.hold(held, { done: outcome.done });
        if (still === null) return;
        held = still;
      }
    } catch (error) {
      this.log.warn('A report could not be mailed', { reportId: report._id, error });
      outcome.problems.push((error as Error).message);
      outcome.again = true;
    }
    await this.close(held, outcome);
  }

  /** Stops after each, so that it is known to be done. */
  private async *toEach(report: StoredReport, outcome: Outcome): AsyncGenerator<void> {
    const people = await this.recipients(report);
    const problem = (await this.ownerProblem(report)) ?? (people.length === 0 ? NOBODY : null);
    if (problem !== null) return void outcome.problems.push(problem);
    const mailing = await this.mail.open(report);
    try {
      for (const person of people.filter(({ _id }) => !report.done.includes(_id))) {
        const failure = await mailing.to(person);
        if (failure === null) outcome.sent += 1;
        else outcome.problems.push(`${person.name}: ${failure.message}`);
        if (failure === null || lasting.has(failure.code)) outcome.done.push(person._id);
        else outcome.again = true;
        yield;
      }
    } finally {
      await mailing.close();
    }
  }

  private async close(held: StoredReport, { problems, sent, again, done }: Outcome): Promise<void> {
    const { timeZone } = await this.organisations.read();
    const now = this.clock.now();
    const tries = held.tries + 1;
    const before = held.tries > 0 ? (held.lastSent?.sent ?? 0) : 0;
    const lastSent = { at: now, sent: sent + before, problem: problems.slice(0, 3).join('; ') || null };
    const nextAt = held.schedule && nextMailing(held.schedule, now, timeZone);
    const $set =
      again && tries < MOST_TRIES
        ? { lastSent, tries, done, tryAt: new Date(now.getTime() + AGAIN_MS * tries) }
        : { lastSent, tries: 0, done: [], nextAt, tryAt: nextAt };
    await this.reports.updateOne({ _id: held._id, tryAt: held.tryAt }, { $set });
    if (sent === 0) return;
    const detail = { name: held.name, people: sent };
    await this.audit.record({ caller: null, action: 'report.mailed', subject: held._id, detail });
  }

  /** What somebody may not see any more is not mailed in their name. */
  private async ownerProblem({ ownerId }: StoredReport): Promise<string | null> {
    const owner = await this.agents.byId(ownerId);
    if (owner?.active === true && owner.role !== 'agent') return null;
    return `${owner?.name ?? 'Its owner'} is no supervisor any more: save the report anew`;
  }

  private async recipients({ schedule }: StoredReport): Promise<Agent[]> {
    const found = await Promise.all((schedule?.agentIds ?? []).map((id) => this.agents.byId(id)));
    return found.filter((agent) => agent !== null).filter(({ active }) => active);
  }
}

/** After these no second try helps, or it could be a second mail. */
const lasting: ReadonlySet<ConnectorError['code']> = new Set(['rejected', 'unsupported', 'unknown']);
