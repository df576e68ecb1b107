import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Json, specOf, wordsOf } from './schema.ts';
import { missingIn, settingsOf, valueOf, withVariant } from './values.ts';

const Settings = z.object({
  title: z.string().max(120).default('Chat').meta({ title: 'Title', description: 'At the top.' }),
  greeting: z.string().max(1000).default('Hello'),
  token: z.string().min(1).meta({ secret: true }),
  port: z.int().min(1).max(65535).default(25),
  ratio: z.number().optional(),
  tls: z.boolean().default(true),
  mode: z.enum(['never', 'when-closed']).default('never'),
  origins: z.array(z.string()).default([]),
  texts: z.record(z.string(), z.string()).default({}),
  smtp: z.object({ host: z.string(), user: z.string().optional() }).optional(),
  inbound: z.discriminatedUnion('by', [
    z.object({ by: z.literal('receiver').meta({ title: 'Built-in receiver' }), host: z.string().optional() }),
    z.object({ by: z.literal('imap'), host: z.string(), password: z.string().meta({ secret: true }) }),
  ]),
});
const example = { token: 'xxx', origins: ['https://a.example'], inbound: { by: 'imap', host: 'imap.example' } };
const spec = specOf(z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as Json, example);
const fields = spec.kind === 'group' ? Object.fromEntries(spec.fields.map((field) => [field.key, field])) : {};

describe('specOf', () => {
  it('knows what zod writes', () => {
    expect(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.kind]))).toEqual({
      title: 'text',
      greeting: 'text',
      token: 'text',
      port: 'number',
      ratio: 'number',
      tls: 'switch',
      mode: 'choice',
      origins: 'list',
      texts: 'map',
      smtp: 'group',
      inbound: 'variants',
    });
  });
  it('carries title, description, default, placeholder and what is required', () => {
    expect(fields.title).toMatchObject({
      title: 'Title',
      description: 'At the top.',
      initial: 'Chat',
      required: false,
    });
    expect(fields.token).toMatchObject({ title: 'Token', secret: true, required: true, placeholder: 'xxx' });
    expect(fields.greeting).toMatchObject({ long: true });
    expect(fields.port).toMatchObject({ whole: true, min: 1, max: 65535 });
    expect(fields.origins).toMatchObject({ placeholder: 'https://a.example' });
  });
  it('tells variants by the property with a constant, each with its own fields', () => {
    expect(fields.inbound).toMatchObject({
      tag: 'by',
      variants: [
        { value: 'receiver', title: 'Built-in receiver', fields: [{ key: 'host', required: false }] },
        {
          value: 'imap',
          title: 'Imap',
          fields: [
            { key: 'host', required: true, placeholder: 'imap.example' },
            { key: 'password', secret: true },
          ],
        },
      ],
    });
  });
  it('falls back to JSON for what it does not know', () => {
    expect(specOf({ type: 'array', items: { type: 'object' } }, undefined).kind).toBe('json');
  });
  it('takes a union at the root', () => {
    const union = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ]);
    expect(specOf(z.toJSONSchema(union) as Json, undefined)).toMatchObject({ kind: 'variants', tag: 'kind' });
  });
});

describe('values of the form', () => {
  it('start as the defaults and go back as settings without what is empty', () => {
    expect(settingsOf(spec, valueOf(spec, {}))).toEqual({
      title: 'Chat',
      greeting: 'Hello',
      port: 25,
      tls: true,
      mode: 'never',
      origins: [],
      texts: {},
      inbound: { by: 'receiver' },
    });
  });
  it('keep what is stored, and hold numbers as typed', () => {
    const stored = { port: 2525, texts: { send: 'Go' }, smtp: { host: 'mx' }, inbound: { by: 'imap', host: 'h' } };
    expect(valueOf(spec, stored)).toMatchObject({ port: '2525', texts: [{ key: 'send', value: 'Go' }] });
    expect(settingsOf(spec, valueOf(spec, stored))).toMatchObject(stored);
  });
  it('send an emptied text with a default as empty, and never an emptied secret', () => {
    const typed = { ...(valueOf(spec, {}) as Json), greeting: '', token: '' };
    expect(settingsOf(spec, typed)).toMatchObject({ greeting: '' });
    expect(settingsOf(spec, typed)).not.toHaveProperty('token');
  });
  it('hand on what is no number, for the server to refuse it in words', () => {
    expect(settingsOf(spec, { ...(valueOf(spec, {}) as Json), port: 'x', ratio: ' 0.5 ' })).toMatchObject({
      port: 'x',
      ratio: 0.5,
    });
  });
  it('name what is missing, but no secret that is stored', () => {
    const values = { ...(valueOf(spec, { inbound: { by: 'imap' } }) as Json), smtp: { host: '', user: '' } };
    const inside = spec.kind === 'group' ? spec.fields : [];
    const all = ['settings.token', 'settings.smtp.host', 'settings.inbound.host', 'settings.inbound.password'];
    expect(missingIn(inside, values, 'settings', [])).toEqual(all);
    expect(missingIn(inside, values, 'settings', ['token', 'inbound.password'])).toEqual([all[1], all[2]]);
  });
  it('keep what two variants share when one changes to the other', () => {
    const inbound = fields.inbound;
    if (inbound?.kind !== 'variants') throw new Error('no variants');
    expect(withVariant(inbound, 'imap', { by: 'receiver', host: 'h' })).toEqual({
      by: 'imap',
      host: 'h',
      password: '',
    });
  });
});

it('makes words of names', () => {
  expect(['when-closed', 'apiBaseUrl', 'host'].map(wordsOf)).toEqual(['When closed', 'Api base url', 'Host']);
});
