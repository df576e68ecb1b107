import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Row } from './row.ts';

export interface PartResult {
  readonly part: string;
  readonly title: string;
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly failed?: string;
}

const folder = join(import.meta.dirname, '../../../bench-results');
const HEAD = ['what', 'floor', 'Switchboard', 'ratio', 'goal', 'met'];

export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
}

export function markdownOf(results: readonly PartResult[]): string {
  const sections = results.map(({ title, rows, failed }) =>
    [`**${title}**`, '', ...(failed === undefined ? tableOf(rows) : [`Failed: ${failed}`])].join('\n'),
  );
  return `${[machine(), ...sections].join('\n\n')}\n`;
}

/** Beside each other the newest and one file for each run. */
export async function writeReport(results: readonly PartResult[], at: Date): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = at.toISOString().slice(0, 19).replaceAll(':', '-');
  const json = JSON.stringify({ at: at.toISOString(), machine: machine(), results }, null, 2);
  await writeFile(join(folder, `${name}.json`), json);
  await writeFile(join(folder, 'latest.json'), json);
  await writeFile(join(folder, 'latest.md'), markdownOf(results));
  return join(folder, 'latest.md');
}

function tableOf(rows: readonly Row[]): string[] {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0] ?? '', rule, ...lines.slice(1)];
}

const cellsOf = ({ what, floor = '', measured, ratio, goal = '', met }: Row): string[] => [
  what,
  floor,
  measured,
  ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
  goal,
  met === undefined ? '' : met ? 'yes' : 'no',
];
