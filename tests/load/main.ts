import { parts } from './parts/index.ts';
import type { Part, Scale } from './parts/part.ts';
import { machine, markdownOf, writeReport, type PartResult } from './report/write-report.ts';

/** The promise of `npm run bench` is ten minutes, with the end of the last part. */
const LONGEST_MS = 9 * 60_000;

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}\n`);
  process.exit(1);
}
const scale: Scale = { small: process.argv.includes('--small'), until: performance.now() + LONGEST_MS };
const started = new Date();
process.stdout.write(`${machine()}\n`);
const results: PartResult[] = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(parts))
  results.push(await runPart(name, parts[name] as Part));
const path = await writeReport(results, started);
process.stdout.write(`\nWritten to ${path}, and beside it as JSON.\n`);
process.exit(results.some(({ failed }) => failed !== undefined) ? 1 : 0);

async function runPart(name: string, { title, run }: Part): Promise<PartResult> {
  const begun = performance.now();
  const base = { part: name, title };
  const seconds = () => Math.round((performance.now() - begun) / 1000);
  try {
    const result = { ...base, rows: await run(scale), seconds: seconds() };
    process.stdout.write(`\n${markdownOf([result]).split('\n').slice(2).join('\n')}(${result.seconds} s)\n`);
    return result;
  } catch (error) {
    process.stderr.write(`\n${title} failed: ${(error as Error).stack}\n`);
    return { ...base, rows: [], seconds: seconds(), failed: (error as Error).message };
  }
}
