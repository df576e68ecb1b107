// Small rooms: no source file over 400 lines, nine in ten under 250.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const LONGEST = 400;
const USUAL = 250;
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.svelte', '*.mjs', '*.js'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const sizes = files.map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }));
const long = sizes.filter(({ lines }) => lines > LONGEST);
const share = sizes.filter(({ lines }) => lines <= USUAL).length / sizes.length;
for (const { file, lines } of long)
  console.error(`${file} has ${lines} lines: make two good rooms of it (at most ${LONGEST})`);
if (share < 0.9) console.error(`Only ${Math.round(share * 100)} % of the files have at most ${USUAL} lines`);
process.exit(long.length > 0 || share < 0.9 ? 1 : 0);
