// Makes .env.example from the settings' table; with --check it only says whether it is up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '@switchboard/config';
import { root } from './prepare.mjs';

const lines = Object.entries(settings.shape).map(([name, field]) => {
  const fallback = field.def?.defaultValue;
  const value = fallback === undefined || typeof fallback === 'function' ? '' : String(fallback);
  return `# ${field.description}\n#${name}=${value}\n`;
});
const text = `# Copy to .env and take the # away from what you change. Made by: node config/commands/env-example.mjs\n\n${lines.join('\n')}`;
const file = join(root, 'config/.env.example');
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('config/.env.example is not what the settings say: run node config/commands/env-example.mjs');
  process.exit(1);
}
