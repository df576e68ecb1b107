import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Job } from '../../server/src/platform/jobs/index.ts';
import { eventually } from '../support/eventually.ts';
import { aGate } from '../support/gate.ts';
import { aBullJobsWorld, aDatabaseJobsWorld, type JobsWorld } from '../support/jobs-worlds.ts';
import { describeWith, redisUrl } from '../support/services/index.ts';

jest.setTimeout(60_000);

const adapters: { adapter: string; open: () => Promise<JobsWorld>; needs: Record<string, string | null> }[] = [
  { adapter: 'the database', open: aDatabaseJobsWorld, needs: {} },
  { adapter: 'bull', open: aBullJobsWorld, needs: { Redis: redisUrl() } },
];

const inMs = (ms: number) => new Date(Date.now() + ms);
const aJob = (fields: Partial<Job> = {}): Job => ({
  name: 'remind',
  key: 'ticket-1',
  dueAt: inMs(0),
  data: { ticket: 1 },
  ...fields,
});

/** A handler that keeps what it got, and when. */
function aRecorder(work: (job: Job) => Promise<void> = async () => {}) {
  const got: (Job & { at: number })[] = [];
  const handle = async (job: Job) => {
    got.push({ ...job, at: Date.now() });
    await work(job);
  };
  return { got, handle, keys: () => got.map(({ key }) => key) };
}

for (const { adapter, open, needs } of adapters) {
  describeWith(needs)(`jobs in ${adapter}`, () => {
    let world: JobsWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    it('run when they are due, never before, with what they were given', async () => {
      const jobs = await world.join();
      const recorder = aRecorder();
      jobs.handle('remind', recorder.handle);
      await jobs.start();
      // Apart enough that a slow machine has scheduled all of them before the first is due.
      const due = [3_500, 1_500, 2_500].map((ms) =>
        aJob({ key: `in-${ms}`, dueAt: inMs(ms), data: { ms, text: 'ü' } }),
      );
      for (const job of due) await jobs.schedule(job);
      await eventually(() => expect(recorder.keys()).toEqual(['in-1500', 'in-2500', 'in-3500']));
      for (const { at, ...job } of recorder.got) {
        expect(due).toContainEqual(job);
        expect(at).toBeGreaterThanOrEqual(job.dueAt.getTime());
      }
    });

    it('run that were due while no process was there', async () => {
      const first = await world.join();
      first.handle('remind', async () => {});
      await first.schedule(aJob({ key: 'late' }));
      await first.close();
      const second = await world.join();
      const recorder = aRecorder();
      second.handle('remind', recorder.handle);
      await second.start();
      await eventually(() => expect(recorder.keys()).toEqual(['late']));
    });

    it('exist once per name and key: scheduling again moves them, earlier and later', async () => {
      const jobs = await world.join();
      const [remind, close] = [aRecorder(), aRecorder()];
      jobs.handle('remind', remind.handle);
      jobs.handle('close', close.handle);
      await jobs.start();
      await jobs.schedule(aJob({ key: 'earlier', dueAt: inMs(3_600_000), data: 'old' }));
      await jobs.schedule(aJob({ key: 'later', dueAt: inMs(3_000), data: 'old' }));
      await jobs.schedule(aJob({ name: 'close', key: 'later', dueAt: inMs(150), data: 'other name' }));
      await jobs.schedule(aJob({ key: 'earlier', dueAt: inMs(100), data: 'new' }));
      const later = inMs(4_500);
      await jobs.schedule(aJob({ key: 'later', dueAt: later, data: 'new' }));
      await eventually(() => expect(remind.keys()).toEqual(['earlier', 'later']));
      expect(remind.got.map(({ data }) => data)).toEqual(['new', 'new']);
      expect(remind.got[1]!.at).toBeGreaterThanOrEqual(later.getTime());
      expect(close.got.map(({ data }) => data)).toEqual(['other name']);
    });

    it('can schedule themselves again while they run', async () => {
      const jobs = await world.join();
      const recorder = aRecorder(async ({ data }) => {
        const round = data as number;
        if (round < 3) await jobs.schedule(aJob({ dueAt: inMs(50), data: round + 1 }));
      });
      jobs.handle('remind', recorder.handle);
      await jobs.start();
      await jobs.schedule(aJob({ data: 1 }));
      await eventually(() => expect(recorder.got.map(({ data }) => data)).toEqual([1, 2, 3]));
    });

    it('do not run when they were cancelled', async () => {
      const jobs = await world.join();
      const recorder = aRecorder();
      jobs.handle('remind', recorder.handle);
      await jobs.start();
      await jobs.schedule(aJob({ key: 'cancelled', dueAt: inMs(3_000) }));
      await jobs.schedule(aJob({ key: 'after', dueAt: inMs(3_300) }));
      await jobs.cancel('remind', 'cancelled');
      await jobs.cancel('remind', 'never scheduled');
      await eventually(() => expect(recorder.keys()).toEqual(['after']));
      await jobs.schedule(aJob({ key: 'cancelled' }));
      await eventually(() => expect(recorder.keys()).toEqual(['after', 'cancelled']));
    });

    it('run again after a failure, later each time, and let others pass', async () => {
      const jobs = await world.join();
      const recorder = aRecorder(async ({ key }) => {
        if (key === 'bad' && recorder.keys().filter((other) => other === 'bad').length < 3) throw new Error('not yet');
      });
      jobs.handle('remind', recorder.handle);
      await jobs.start();
      await jobs.schedule(aJob({ key: 'bad' }));
      await eventually(() => expect(recorder.keys()).toEqual(['bad']));
      await jobs.schedule(aJob({ key: 'good' }));
      await eventually(() => expect(recorder.keys().filter((key) => key === 'bad')).toHaveLength(3));
      expect(recorder.keys().slice(1, -1)).toContain('good');
      const [first, second, third] = recorder.got.filter(({ key }) => key === 'bad').map(({ at }) => at);
      expect(second! - first!).toBeGreaterThanOrEqual(1_000);
      expect(third! - second!).toBeGreaterThanOrEqual(2_000);
    });

    it('run in one of several processes', async () => {
      const recorder = aRecorder();
      const [one, two] = [await world.join(), await world.join()];
      for (const jobs of [one, two]) {
        jobs.handle('remind', recorder.handle);
        await jobs.start();
      }
      const keys = Array.from({ length: 60 }, (_, n) => `key-${n}`);
      await Promise.all(keys.map((key) => one.schedule(aJob({ key, dueAt: inMs(200) }))));
      await eventually(() => expect(new Set(recorder.keys()).size).toBe(60));
      expect(recorder.keys()).toHaveLength(60);
    });

    it('stay with a process that needs long, and run elsewhere when it dies', async () => {
      const { jobs: victim, cut } = await world.joinByWire();
      const gate = aGate();
      const stuck = aRecorder(() => gate.opened);
      victim.handle('remind', stuck.handle);
      await victim.start();
      await victim.schedule(aJob());
      await eventually(() => expect(stuck.got).toHaveLength(1));
      const heir = await world.join();
      const recorder = aRecorder();
      heir.handle('remind', recorder.handle);
      const marks = aRecorder();
      heir.handle('later', marks.handle);
      await heir.start();
      await heir.schedule(aJob({ name: 'later', dueAt: inMs(2_500) }));
      await eventually(() => expect(marks.got).toHaveLength(1));
      expect(recorder.got).toEqual([]);
      cut();
      await eventually(() => expect(recorder.got).toHaveLength(1));
      gate.open();
    });

    it('run when what reminds of them was lost', async () => {
      const jobs = await world.join();
      const recorder = aRecorder();
      jobs.handle('remind', recorder.handle);
      await jobs.start();
      await jobs.schedule(aJob({ key: 'lost', dueAt: inMs(1_000) }));
      await world.forget();
      await eventually(() => expect(recorder.keys()).toEqual(['lost']), 20_000);
    });

    it('of a period run in one process only', async () => {
      const runs: number[] = [];
      const [one, two] = [await world.join(), await world.join()];
      const start = Date.now();
      for (const jobs of [one, two]) {
        jobs.every('sweep', 500, async () => void runs.push(Date.now()));
        await jobs.start();
      }
      await eventually(() => expect(runs.length).toBeGreaterThanOrEqual(4));
      expect(runs.length).toBeLessThanOrEqual(Math.ceil((Date.now() - start) / 500) + 1);
    });

    it('of a period go on after a failure', async () => {
      const jobs = await world.join();
      let runs = 0;
      jobs.every('sweep', 200, async () => {
        if (++runs === 1) throw new Error('once');
      });
      await jobs.start();
      await eventually(() => expect(runs).toBeGreaterThanOrEqual(3));
    });

    it('end what is in work before the process closes, and start no more', async () => {
      const jobs = await world.join();
      const gate = aGate();
      let done = 0;
      jobs.handle('remind', async () => {
        await gate.opened;
        done++;
      });
      await jobs.start();
      await jobs.schedule(aJob());
      await jobs.schedule(aJob({ key: 'tomorrow', dueAt: inMs(86_400_000) }));
      const running = aRecorder();
      jobs.handle('probe', running.handle);
      await jobs.schedule(aJob({ name: 'probe' }));
      await eventually(() => expect(running.got).toHaveLength(1));
      const closed = jobs.close();
      gate.open();
      await closed;
      expect(done).toBe(1);
    });

    it('fail loudly without a handler, or with two', async () => {
      const jobs = await world.join();
      jobs.handle('remind', async () => {});
      expect(() => jobs.handle('remind', async () => {})).toThrow('has a handler already');
      await expect(jobs.schedule(aJob({ name: 'unknown' }))).rejects.toThrow('no handler');
    });

    it('say whether they are healthy', async () => {
      const { jobs, cut } = await world.joinByWire();
      expect(await jobs.healthy()).toEqual({ ok: true, detail: expect.any(String) });
      cut();
      await eventually(async () => expect((await jobs.healthy()).ok).toBe(false));
    });
  });
}
