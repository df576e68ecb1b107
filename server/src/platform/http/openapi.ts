import * as contract from '@switchboard/contract';
import { api, type Endpoint } from '@switchboard/contract';
import { z } from 'zod';

type Json = Record<string, unknown>;
type Direction = 'input' | 'output';

/** The contract's exported schemas: each becomes a named component. */
const named = z.registry<{ id: string }>();
for (const [id, exported] of Object.entries(contract)) if (exported instanceof z.ZodType) named.add(exported, { id });

const REF = '#/components/schemas/';

/** Turns schemas into JSON schema and gathers the named ones that they use. */
class Components {
  readonly schemas: Record<string, Json> = {};

  refer(schema: z.ZodType, io: Direction): Json {
    const root = this.convert(schema, io);
    const id = named.get(schema)?.id;
    // A named schema that refers to others comes as a definition and a reference to it already.
    if (id === undefined || '$ref' in root) return root;
    const name = nameOf(id, schema, io);
    this.schemas[name] = root;
    return { $ref: REF + name };
  }

  convert(schema: z.ZodType, io: Direction): Json {
    const { $defs, root } = jsonOf(schema, io);
    const names = new Map(Object.keys($defs).map((id) => [id, nameOf(id, contractSchema(id), io)]));
    const named = (part: Json) => renamed(part, names);
    for (const [id, part] of Object.entries($defs)) this.schemas[names.get(id) ?? id] = named(withoutId(part));
    return named(root);
  }
}

const contractSchema = (id: string) => (contract as unknown as Record<string, z.ZodType>)[id] as z.ZodType;
const withoutId = ({ id: _, ...schema }: Json): Json => schema;

function jsonOf(schema: z.ZodType, io: Direction): { $defs: Record<string, Json>; root: Json } {
  const json = z.toJSONSchema(schema, { io, metadata: named, unrepresentable: 'any' }) as Json;
  const { $schema: _, $defs = {}, ...root } = json;
  return { $defs: $defs as Record<string, Json>, root: named.has(schema) ? withoutId(root) : root };
}

/** What a client gives may leave out what has a default: then it is another schema than what it gets. */
function nameOf(id: string, schema: z.ZodType, io: Direction): string {
  const differs = JSON.stringify(jsonOf(schema, 'input')) !== JSON.stringify(jsonOf(schema, 'output'));
  return io === 'input' && differs ? `${id}Input` : id;
}

const renamed = (part: Json, names: Map<string, string>): Json =>
  JSON.parse(JSON.stringify(part), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? value.replace(/^#\/\$defs\/(.+)$/, (_, id: string) => REF + (names.get(id) ?? id))
      : value,
  ) as Json;

const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } });
const binary = { type: 'string', format: 'binary' };

function parametersOf({ path, query }: Endpoint, components: Components): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  if (query === undefined) return inPath;
  // Of a text in the address, the parsed type says more; what is required, only the unparsed one knows.
  const { properties = {} } = components.convert(query, 'output') as { properties?: Record<string, Json> };
  const { required = [] } = components.convert(query, 'input') as { required?: string[] };
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function bodyOf({ body, consumes }: Endpoint, components: Components): Json {
  if (consumes !== undefined) {
    const schema = { type: 'object', properties: { file: binary }, required: ['file'] };
    return { requestBody: { required: true, ...content(consumes, schema) } };
  }
  if (body === undefined) return {};
  return { requestBody: { required: true, ...content('application/json', components.refer(body, 'input')) } };
}

function answerOf({ reply, produces }: Endpoint, components: Components): Json {
  if (produces !== undefined)
    return {
      200: { description: 'Done', ...content(produces, produces.startsWith('text/') ? { type: 'string' } : binary) },
    };
  if (reply === undefined) return { 204: { description: 'Done' } };
  return { 200: { description: 'Done', ...content('application/json', components.refer(reply, 'output')) } };
}

const refusals: Record<string, string> = {
  400: 'The request is not valid; `fields` says where',
  401: 'Nobody is signed in',
  403: 'The caller’s role or queues do not allow it',
  404: 'There is no such thing',
  409: 'Something stands in the way, such as a change by somebody else; `current` shows it',
  413: 'Too large',
  429: 'Too often; the header Retry-After says for how long to wait',
  500: 'A fault of ours; `errorId` names it in the log',
};

function operation(id: string, endpoint: Endpoint, components: Components): Json {
  const failed = Object.fromEntries(
    Object.keys(refusals).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  );
  if (endpoint.access === 'public') delete failed['401'];
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: endpoint.summary,
    description: endpoint.access === 'public' ? 'Open to everyone.' : `Needs the role ${endpoint.access}.`,
    security: endpoint.access === 'public' ? [] : [{ session: [] }],
    parameters: parametersOf(endpoint, components),
    ...bodyOf(endpoint, components),
    responses: { ...answerOf(endpoint, components), ...failed },
  };
}

/** OpenAPI 3.1 of the whole REST API, made from the table that the server itself is bound to. */
export function openApiDocument(): Json {
  const components = new Components();
  const error = components.refer(contract.ApiError, 'output');
  const paths: Record<string, Json> = {};
  for (const [id, endpoint] of Object.entries<Endpoint>(api)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operation(id, endpoint, components);
  }
  const responses = Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      { description, ...content('application/json', error) },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Switchboard',
      version: '1',
      description: 'The REST API of the hub. Lists are paged: give `next` back as `cursor` until it is null.',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: components.schemas,
      responses,
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'switchboard_session' } },
    },
  };
}
