import {
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  applyDecorators,
  type ExecutionContext,
} from '@nestjs/common';
import { api, type Api, type Call, type Endpoint, type OperationId, type ReplyOf } from '@switchboard/contract';
import { HubError } from '../errors/hub-error.ts';
import type { HubRequest } from './hub-request.ts';

export const OPERATION = 'switchboard:operation';
const bound = new Set<OperationId>();

/** Operations of the contract that no controller answers: boot fails naming them. */
export const unboundOperations = (): string[] => Object.keys(api).filter((id) => !bound.has(id as OperationId));

type Answers<Id extends OperationId> = Api[Id] extends { produces: string }
  ? unknown
  : Promise<ReplyOf<Api[Id]>> | ReplyOf<Api[Id]>;
type Handler<Id extends OperationId> = <T extends (...args: never[]) => Answers<Id>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void;

/** Binds a controller's method to an operation of the REST contract; its answer must have the shape the contract promises. */
export function Operation<Id extends OperationId>(id: Id): Handler<Id> {
  bound.add(id);
  const endpoint: Endpoint = api[id];
  const answers = endpoint.reply !== undefined || endpoint.produces !== undefined;
  return applyDecorators(
    RequestMapping({ method: RequestMethod[endpoint.method], path: `/api/v1${endpoint.path}` }),
    HttpCode(answers ? 200 : 204),
    SetMetadata(OPERATION, id),
  ) as Handler<Id>;
}

/** The parsed request of an operation: `@Asked('tickets.list') call: Call<Api['tickets.list']>`. */
export const Asked = createParamDecorator((id: OperationId, context: ExecutionContext): Call<Endpoint> => {
  const request = context.switchToHttp().getRequest<HubRequest>();
  const endpoint: Endpoint = api[id];
  return {
    params: (request.params ?? {}) as Record<string, string>,
    query: parsed(endpoint.query, request.query ?? {}),
    body: parsed(endpoint.body, request.body),
  } as Call<Endpoint>;
});

function parsed(schema: Endpoint['query'], input: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new HubError('invalid', fields.map(({ path, message }) => `${path || 'request'}: ${message}`).join('; '), {
    fields,
  });
}

/** Who is calling; set by the access guard. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { caller } = context.switchToHttp().getRequest<HubRequest>();
  if (caller === undefined) throw new HubError('unauthenticated', 'Sign in first');
  return caller;
});
