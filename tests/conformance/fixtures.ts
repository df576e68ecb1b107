import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Connector, NormalisedEvent, RawRequest } from '@switchboard/contract';
import { rawRequestOf, readHttpText } from '../../connectors/kit/raw-request.ts';

const root = join(import.meta.dirname, '../fixtures');

/**
 * `tests/fixtures/<connectorId>/<case>.request.<kind>` and what it becomes, `<case>.events.json`. The kinds:
 * `.http` a whole request as `readHttpText` reads it, signed for the example settings where the connector has a webhook;
 * `.json`, `.form`, `.eml` the body alone. `settings.json` beside them changes some of the connector's example settings.
 */
export interface Fixture {
  readonly name: string;
  readonly whole: boolean;
  readonly events: NormalisedEvent[];
  request(webhookUrl: string, receivedAt: Date): RawRequest;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const read = (folder: string, file: string): Fixture => {
  const name = file.replace(/\.request\.\w+$/, '');
  const bytes = readFileSync(join(folder, file));
  const whole = extname(file) === '.http';
  return {
    name,
    whole,
    events: readJson(join(folder, `${name}.events.json`)) as NormalisedEvent[],
    request: (webhookUrl, receivedAt) => (whole ? readHttpText : rawRequestOf)(bytes, { webhookUrl, receivedAt }),
  };
};

export const fixturesOf = ({ id }: Connector): Fixture[] => {
  const folder = join(root, id);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /\.request\.(http|json|form|eml)$/.test(file));
  return files.sort().map((file) => read(folder, file));
};

export const settingsOf = (connector: Connector): unknown => {
  const path = join(root, connector.id, 'settings.json');
  const own = existsSync(path) ? (readJson(path) as object) : {};
  return connector.settings.parse({ ...(connector.exampleSettings as object), ...own });
};
