import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { AlertRules } from './alert-rules.ts';
import { WriteRule } from './write-rule.ts';

@Controller()
export class RulesController {
  constructor(
    @Inject(AlertRules) private readonly rules: AlertRules,
    @Inject(WriteRule) private readonly write: WriteRule,
  ) {}

  @Operation('alerts.list')
  list(@Asked('alerts.list') { query }: Call<Api['alerts.list']>) {
    return this.rules.page(query);
  }

  @Operation('alerts.create')
  create(@CalledBy() caller: Caller, @Asked('alerts.create') { body }: Call<Api['alerts.create']>) {
    return this.write.create(caller, body);
  }

  @Operation('alerts.update')
  change(@CalledBy() caller: Caller, @Asked('alerts.update') { params, body }: Call<Api['alerts.update']>) {
    return this.write.change(caller, params['id'] ?? '', body);
  }

  @Operation('alerts.delete')
  remove(@CalledBy() caller: Caller, @Asked('alerts.delete') { params }: Call<Api['alerts.delete']>) {
    return this.write.remove(caller, params['id'] ?? '');
  }
}
