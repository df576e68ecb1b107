import type { Json, Spec } from './schema.ts';

/** What a form holds for a spec: text for numbers and JSON, so that half-typed input survives. Pure. */
export type Values = Record<string, unknown>;

/** The values that a form starts with: what is stored, else the defaults. */
export function valuesOf(fields: readonly Spec[], stored: Json): Values {
  return Object.fromEntries(fields.map((field) => [field.key, valueOf(field, stored[field.key])]));
}

export function valueOf(spec: Spec, stored: unknown): unknown {
  const given = stored ?? spec.initial;
  switch (spec.kind) {
    case 'switch':
      return given === true;
    case 'choice':
      return typeof given === 'string' ? given : spec.required ? (spec.options[0] ?? '') : '';
    case 'list':
      return Array.isArray(given) ? given.map(String) : [];
    case 'map':
      return isObject(given) ? Object.entries(given).map(([key, value]) => ({ key, value: String(value) })) : [];
    case 'group':
      // An optional group that is not there stays folded: null.
      return isObject(given) || spec.required ? valuesOf(spec.fields, isObject(given) ? given : {}) : null;
    case 'variants':
      return variantOf(spec, isObject(given) ? given : {});
    case 'json':
      return given === undefined ? '' : JSON.stringify(given, null, 2);
    case 'text':
    case 'number':
      return given === undefined || given === null ? '' : String(given);
  }
}

function variantOf(spec: Extract<Spec, { kind: 'variants' }>, stored: Json): Values | null {
  const chosen = spec.variants.find((variant) => variant.value === stored[spec.tag]);
  if (!chosen && !spec.required) return null;
  const variant = chosen ?? spec.variants[0];
  return variant ? { [spec.tag]: variant.value, ...valuesOf(variant.fields, stored) } : null;
}

/** Another variant: what both have in common stays. */
export function withVariant(
  spec: Extract<Spec, { kind: 'variants' }>,
  value: string,
  before: Values | null,
): Values | null {
  const variant = spec.variants.find((each) => each.value === value);
  if (!variant) return null;
  const kept = Object.fromEntries(
    variant.fields.filter(({ key }) => before?.[key] !== undefined).map(({ key }) => [key, before?.[key]]),
  );
  return { ...valuesOf(variant.fields, {}), ...kept, [spec.tag]: value };
}

/** The settings to send. What is empty is left out: it is optional, a default, or a secret that stays as it is. */
export function settingsOf(spec: Spec, value: unknown): unknown {
  switch (spec.kind) {
    case 'group':
      return isObject(value) ? withoutEmpty(spec.fields, value) : undefined;
    case 'variants': {
      const chosen = isObject(value) ? spec.variants.find((variant) => variant.value === value[spec.tag]) : undefined;
      return chosen ? { [spec.tag]: chosen.value, ...withoutEmpty(chosen.fields, value as Json) } : undefined;
    }
    case 'number': {
      const typed = String(value ?? '').trim();
      // What is no number goes as it is: the server says what it wants there.
      return typed === '' ? undefined : Number.isNaN(Number(typed)) ? typed : Number(typed);
    }
    case 'list':
      return (value as string[]).map((line) => line.trim()).filter(Boolean);
    case 'map':
      return Object.fromEntries(
        (value as { key: string; value: string }[])
          .filter(({ key }) => key.trim())
          .map(({ key, value: text }) => [key.trim(), text]),
      );
    case 'json':
      return value === '' ? undefined : parsed(String(value));
    case 'switch':
      return value === true;
    case 'choice':
      return value === '' ? undefined : value;
    case 'text':
      return cleared(spec, String(value ?? ''));
  }
}

/** An emptied text whose default is not empty must be sent as empty, or the default would come back. Secrets are never cleared by leaving them out. */
function cleared(spec: Extract<Spec, { kind: 'text' }>, value: string): string | undefined {
  if (value !== '') return spec.secret ? value : value.trim();
  return !spec.secret && typeof spec.initial === 'string' && spec.initial !== '' ? '' : undefined;
}
function withoutEmpty(fields: readonly Spec[], values: Json): Json {
  return Object.fromEntries(
    fields.map((field) => [field.key, settingsOf(field, values[field.key])]).filter(([, value]) => value !== undefined),
  );
}
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
/** Paths of what must be filled in and is not; a stored secret is. Pure. */
export function missingIn(
  fields: readonly Spec[],
  values: Json,
  path: string,
  secretsSet: readonly string[],
): string[] {
  return fields.flatMap((field) => {
    const at = `${path}.${field.key}`;
    const value = values[field.key];
    if (field.kind === 'group' && isObject(value)) return missingIn(field.fields, value, at, secretsSet);
    if (field.kind === 'variants' && isObject(value)) {
      const chosen = field.variants.find((variant) => variant.value === value[field.tag]);
      return missingIn(chosen?.fields ?? [], value, at, secretsSet);
    }
    const stored = secretsSet.includes(at.replace(/^settings\./, ''));
    const empty = typeof value === 'string' && value.trim() === '';
    return field.required && empty && !stored ? [at] : [];
  });
}
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
