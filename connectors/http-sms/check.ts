import { ConnectorError } from '@switchboard/contract';
import type { Health } from '@switchboard/contract';
import { asConnectorError, codeOfStatus } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { headersOf, valuesOf } from './deliver.ts';
import type { HttpSmsSettings } from './settings.ts';
import { escapes, fill } from './template.ts';

/** Gateways have no common way to ask whether we are known there: an address of theirs that is only for reading will do. */
export const checkGateway = async (
  settings: HttpSmsSettings,
  fetch: SafeFetch,
  webhookUrl: string,
): Promise<Health> => {
  if (settings.checkUrl === '') return { ok: true, detail: 'Nothing was asked: the settings name no address for it' };
  const values = valuesOf(settings, webhookUrl);
  try {
    const url = fill(settings.checkUrl, values, escapes.url);
    const response = await fetch(url, { headers: headersOf(settings.send, values), timeoutMs: 9_000 });
    response.body.destroy();
    if (response.status < 300) return { ok: true, detail: 'The gateway accepts the key' };
    const message = `The gateway answered with status ${response.status}`;
    return { ok: false, code: codeOfStatus(response.status, 'read'), message };
  } catch (error) {
    const known = asConnectorError(error, 'Gateway', 'read');
    if (known instanceof ConnectorError) return { ok: false, code: known.code, message: known.message };
    throw error;
  }
};
