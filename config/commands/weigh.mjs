// node weigh.mjs BYTES FILE…: fails the build when these files, gzipped, are together over the budget. A page stands for the scripts it names.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [budget, ...files] = process.argv.slice(2);
const scriptsOf = (page) =>
  [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/?([^":]+\.js)"/g)].map(([, script]) =>
    join(dirname(page), script),
  );
const weighed = [...new Set(files.flatMap((file) => (file.endsWith('.html') ? scriptsOf(file) : [file])))];
const total = weighed.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

console.log(`${files.join(', ')}: ${kilobytes(total)} of ${kilobytes(Number(budget))}, gzip`);
// An empty list weighs nothing, and proves nothing.
if (weighed.length === 0 || !(total <= Number(budget))) {
  console.error(
    `${files.join(', ')}: ${weighed.length} scripts, ${kilobytes(total - Number(budget))} over the budget.`,
  );
  process.exitCode = 1;
}
