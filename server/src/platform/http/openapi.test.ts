import { describe, expect, it } from '@jest/globals';
import { api } from '@switchboard/contract';
import { openApiDocument } from './openapi.ts';

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  security: object[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
}
const document = openApiDocument() as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { required?: string[] }>; responses: object };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => ({ path, ...operation })),
);
const byId = (id: string) => operations.find(({ operationId }) => operationId === id);

function* refsOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === '$ref') yield part as string;
    else yield* refsOf(part);
  }
}

describe('the OpenAPI document', () => {
  it('has every operation of the contract once', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(api).sort());
  });

  it('names each parameter of a path', () => {
    for (const { path, parameters } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(named);
    }
  });

  it('points to nothing that is missing', () => {
    for (const ref of refsOf(document)) {
      const found = ref
        .slice(2)
        .split('/')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
      expect([ref, typeof found]).toEqual([ref, 'object']);
    }
  });

  it('describes each component, and does not only point back at it', () => {
    for (const [name, schema] of Object.entries(document.components.schemas))
      expect([name, Object.keys(schema)]).not.toEqual([name, ['$ref']]);
  });

  it('says which paging is asked, with types, and that none of it is required', () => {
    expect(byId('agents.list')?.parameters).toEqual([
      expect.objectContaining({ name: 'cursor', in: 'query', required: false }),
      expect.objectContaining({ name: 'limit', required: false, schema: expect.objectContaining({ type: 'integer' }) }),
    ]);
    expect(byId('search')?.parameters.find(({ name }) => name === 'q')?.required).toBe(true);
  });

  it('refers to the named views', () => {
    expect(byId('session.read')?.responses['200']?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/Me' } },
    });
    expect(document.components.schemas).toHaveProperty('TicketRow');
  });

  it('tells what a client may leave out from what it always gets', () => {
    expect(document.components.schemas['Party']?.required).toContain('handles');
    expect(document.components.schemas['PartyInput']?.required).not.toContain('handles');
  });

  it('demands the session but where everyone may come in', () => {
    expect(byId('session.signIn')?.security).toEqual([]);
    expect(byId('tickets.list')?.security).toEqual([{ session: [] }]);
  });

  it('takes files as forms and gives them as bytes', () => {
    expect(Object.keys(byId('media.upload')?.requestBody?.content ?? {})).toEqual(['multipart/form-data']);
    expect(Object.keys(byId('media.read')?.responses['200']?.content ?? {})).toEqual(['application/octet-stream']);
    expect(byId('session.signOut')?.responses).toHaveProperty('204');
  });
});
