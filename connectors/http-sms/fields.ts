import { ConnectorError } from '@switchboard/contract';
import type { RawRequest } from '@switchboard/contract';
import { parseForm } from '../kit/form.ts';
import { parseJson } from '../kit/read-json.ts';

/** `results.0.from`; a name that has dots itself is found as a whole first. */
export const at = (value: unknown, path: string): unknown => {
  if (path === '') return undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const first = path.slice(0, dot);
  return Object.hasOwn(value, first) ? at((value as Record<string, unknown>)[first], path.slice(dot + 1)) : undefined;
};

/** Undefined where there is nothing; gateways mix numbers and texts. */
export const wordsAt = (value: unknown, path: string): string | undefined => {
  const found = at(value, path);
  const one = Array.isArray(found) ? found.at(-1) : found;
  return typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
    ? String(one) || undefined
    : undefined;
};

/** JSON, a form, or the parameters of a GET. */
export const bodyOf = ({ method, url, rawBody }: Pick<RawRequest, 'method' | 'url' | 'rawBody'>): unknown => {
  if (method === 'GET') return parseForm(Buffer.from(new URL(url).search.slice(1)));
  const text = rawBody.toString('utf8').replace(/^\ufeff/, '');
  return /^\s*[[{]/.test(text) ? parseJson(text, 'The body is neither JSON nor a form') : parseForm(rawBody);
};

/** Several at once, or the one that the body is. */
export const itemsOf = (body: unknown, listPath: string): unknown[] => {
  const list = listPath === '' ? body : at(body, listPath);
  if (Array.isArray(list)) return list.slice(0, 1000);
  if (listPath !== '') throw new ConnectorError('rejected', `There is no list at ${listPath}`);
  return [list];
};
