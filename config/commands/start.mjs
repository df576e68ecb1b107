// npm start: installs and builds what is missing, then is the hub. npm run demo: the same with a centre to look at.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const demo = process.argv.includes('--demo');
if (demo) {
  // Its passwords are printed below: it is for this machine, beside the real centre of .env and not in it.
  process.env.DATA_DIR ||= './data/demo';
  process.env.HOST ||= '127.0.0.1';
  process.env.PUBLIC_URL ??= '';
  for (const name of ['MONGODB_URI', 'AMQP_URL', 'REDIS_URL', 'ADMIN_EMAIL', 'ADMIN_PASSWORD'])
    process.env[name] ??= '';
}
await import(pathToFileURL(join(root, demo ? 'server/dist/demo/main.js' : 'server/dist/main.js')).href);
