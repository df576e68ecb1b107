// Fails the build when what a page loads for the chat, all of it together, is over its budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 45_000;
const files = ['widget.js', 'widget-panel.js'];

const sizes = files.map(
  (file) => gzipSync(readFileSync(new URL(`dist/${file}`, import.meta.url)), { level: 9 }).length,
);
const total = sizes.reduce((sum, size) => sum + size, 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

files.forEach((file, index) => console.log(`${file.padEnd(16)} ${kilobytes(sizes[index])} gzip`));
console.log(`${'together'.padEnd(16)} ${kilobytes(total)} of ${kilobytes(budget)}`);
if (total > budget) {
  console.error(`The widget is ${kilobytes(total - budget)} over its budget.`);
  process.exitCode = 1;
}
