// npm start: installs and builds what is missing, then is the hub.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
await import(pathToFileURL(join(root, 'server/dist/main.js')).href);
