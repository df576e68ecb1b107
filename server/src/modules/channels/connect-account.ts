import { Inject, Injectable } from '@nestjs/common';
import { ConnectorError } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Audit } from '../audit/index.ts';
import { Channels } from './channels.ts';
import { TestAccount } from './test-account.ts';

/** Has the provider send to us, where it takes that by its API; then looks whether it does. */
@Injectable()
export class ConnectAccount {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(TestAccount) private readonly test: TestAccount,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async run(caller: Caller, id: string): Promise<{ ok: boolean; message: string }> {
    const open = await this.channels.open(id);
    if (open === null) throw new HubError('not-found', 'There is no such channel account, or it is disabled');
    if (open.channel.connect === undefined)
      throw new HubError('invalid', 'This provider is told in its own settings where to send to');
    const message = await open.channel.connect().catch((error: unknown) => {
      if (error instanceof ConnectorError) return error;
      throw error;
    });
    if (message instanceof ConnectorError) return { ok: false, message: message.message };
    await this.audit.record({ caller, action: 'channel-account.connected', subject: id, detail: {} });
    const { health } = await this.test.run(id);
    return health.ok ? { ok: true, message } : { ok: false, message: health.message };
  }
}
