import { z } from 'zod';
import type { Connector } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

type Json = Record<string, unknown>;
export type SplitSettings = Pick<ChannelAccount, 'settings' | 'secrets'>;

export const settingsSchema = (connector: Connector): Json =>
  z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' }) as Json;

/** Dotted paths of all fields that the connector marks as secret, over all alternatives of a union. */
export function secretPaths(schema: Json, path: string[] = []): string[] {
  if (schema['secret'] === true) return [path.join('.')];
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
  const alternatives = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as Json[]);
  const found = [
    ...properties.flatMap(([name, child]) => secretPaths(child, [...path, name])),
    ...alternatives.flatMap((child) => secretPaths(child, path)),
  ];
  return [...new Set(found)];
}

/** Checks what an administrator typed and parts the secrets from the rest. A secret that is left out stays as it was. */
export function splitSettings(
  connector: Connector,
  typed: Json,
  before: SplitSettings | null,
  box: SecretBox,
): SplitSettings {
  const paths = secretPaths(settingsSchema(connector));
  const kept = (before?.secrets ?? []).filter(({ path }) => isLeftOut(read(typed, path)) && parentExists(typed, path));
  const whole = structuredClone(typed);
  for (const path of paths) if (isLeftOut(read(whole, path))) remove(whole, path);
  for (const { path, sealed } of kept) write(whole, path, box.open(sealed));
  const result = connector.settings.safeParse(whole);
  if (!result.success) {
    const fields = result.error.issues.map((issue) => ({
      path: `settings.${issue.path.join('.')}`,
      message: issue.message,
    }));
    throw new HubError('invalid', 'Some settings need another look', { fields });
  }
  const settings = structuredClone(result.data) as Json;
  const secrets = paths.flatMap((path) => {
    const value = read(settings, path);
    if (typeof value !== 'string' || value === '') return [];
    remove(settings, path);
    return [{ path, sealed: box.seal(value) }];
  });
  return { settings, secrets };
}

/** The whole settings again, for the connector alone. */
export function joinSettings(account: SplitSettings, box: SecretBox): Json {
  const whole = structuredClone(account.settings);
  for (const { path, sealed } of account.secrets) write(whole, path, box.open(sealed));
  return whole;
}

const isLeftOut = (value: unknown): boolean => value === undefined || value === null || value === '';
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function read(object: Json, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), object);
}

function parentExists(object: Json, path: string): boolean {
  const parents = path.split('.').slice(0, -1);
  return parents.length === 0 || isObject(read(object, parents.join('.')));
}

function write(object: Json, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce<Json>((at, key) => (isObject(at[key]) ? at[key] : (at[key] = {})) as Json, object);
  parent[last] = value;
}

function remove(object: Json, path: string): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.length === 0 ? object : read(object, keys.join('.'));
  if (isObject(parent)) delete parent[last];
}
