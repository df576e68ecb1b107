import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Audit } from '../audit/index.ts';
import { TestAccount } from './test-account.ts';

/** Ends the pause of an account whose provider takes it again; says why not where it does not. */
@Injectable()
export class ResumeAccount {
  constructor(
    @Inject(TestAccount) private readonly test: TestAccount,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async run(caller: Caller, id: string): Promise<{ ok: boolean; message: string }> {
    const { account, health } = await this.test.run(id);
    const { name, state } = account;
    if (state === 'disabled')
      throw new HubError('conflict', `${name} was turned off by a person, not paused: turn it on`);
    if (state === 'paused')
      await this.audit.record({
        caller,
        action: 'channel-account.resumed',
        subject: id,
        detail: { name, ok: health.ok },
      });
    if (health.ok) return { ok: true, message: `${name} works again.` };
    return {
      ok: false,
      message: `${name} ${state === 'paused' ? 'stays paused' : 'does not work'}: ${health.message}`,
    };
  }
}
