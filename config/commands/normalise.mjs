// npm run -s normalise -- <connector> [--hook NAME] [--url URL] [--header 'K: V']... [--received-at ISO] [FILE...] < payload
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

const root = new URL('../../', import.meta.url);
const usage =
  "usage: npm run -s normalise -- <connector> [--hook NAME] [--url URL] [--header 'K: V']... [--received-at ISO] [FILE...] < payload";

/** Told in words alone; anything else shows its stack. */
class Mistake extends Error {}

const compiler = fileURLToPath(new URL('node_modules/@typescript/native/bin/tsc', root));
const tsc = (...args) => {
  const run = spawnSync(process.execPath, [compiler, ...args], { cwd: root, encoding: 'utf8' });
  return { ok: run.status === 0, output: run.stdout + run.stderr };
};

/** Nothing to do takes 0.1 s. Types are `npm run check`'s business: with an error in them it runs all the same. */
const build = () => {
  if (!existsSync(compiler)) throw new Mistake('run "npm install" first');
  const strict = tsc('-b', 'connectors');
  if (strict.ok) return;
  process.stderr.write(
    `${strict.output}normalise: the connectors have the type errors above; running them all the same\n`,
  );
  tsc('-p', 'connectors', '--noEmitOnError', 'false', '--composite', 'false', '--incremental', 'false');
};

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        hook: { type: 'string' },
        url: { type: 'string' },
        header: { type: 'string', multiple: true, default: [] },
        'received-at': { type: 'string' },
      },
    });
    const receivedAt = values['received-at'] ? new Date(values['received-at']) : new Date();
    if (Number.isNaN(receivedAt.getTime())) throw new Error('--received-at is not a time in ISO 8601');
    const headers = values.header.map((line) => {
      const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
      if (!name) throw new Error(`--header "${line}" is not "Name: value"`);
      return [name, value];
    });
    const [connector, ...files] = positionals;
    const shape = { hook: values.hook, url: values.url, headers: Object.fromEntries(headers), receivedAt };
    return { connector, files, shape };
  } catch (error) {
    throw new Mistake(`${error.message}\n${usage}`);
  }
};

const eachFile = async (files, normaliser, problemOf) => {
  let failed = 0;
  for (const file of files) {
    const line = await readFile(file)
      .catch(({ code }) => Promise.reject(new Mistake(`cannot be read (${code})`)))
      .then((payload) => normaliser.normalise(payload, file))
      .then((events) => ({ file, events }))
      .catch((error) => ({ file, error: error instanceof Mistake ? error.message : problemOf(error) }));
    if ('error' in line) failed += 1;
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  if (failed > 0) throw new Mistake(`${failed} of ${files.length} files failed`);
};

const main = async () => {
  const { connector, files, shape } = readArguments();
  build();
  const { connectors } = await import(new URL('connectors/dist/index.js', root));
  const { findConnectors, openNormaliser, problemOf } = await import(new URL('connectors/dist/kit/normalise.js', root));
  const known = connectors.map(({ id }) => id).join(', ');
  const found = findConnectors(connectors, connector ?? '');
  if (found.length === 0)
    throw new Mistake(`${connector ? `no connector "${connector}"` : usage}; the connectors are: ${known}`);
  const normaliser = openNormaliser(found, shape);
  try {
    if (files.length > 0) return await eachFile(files, normaliser, problemOf);
    const events = await normaliser.normalise(await buffer(process.stdin)).catch((error) => {
      throw new Mistake(problemOf(error));
    });
    process.stdout.write(`${JSON.stringify(events, null, 2)}\n`);
  } finally {
    await normaliser.close();
  }
};

await main().catch((error) => {
  process.stderr.write(`normalise: ${error instanceof Mistake ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
