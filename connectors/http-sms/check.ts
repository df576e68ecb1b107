import type { Health } from '@switchboard/contract';
import { healthOf } from '../kit/health-of.ts';
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
  return healthOf(async () => {
    const url = fill(settings.checkUrl, values, escapes.url);
    const headers = headersOf(settings.send, values);
    const response = await fetch(url, { headers, timeoutMs: 9_000 }).catch((error: unknown) => {
      throw asConnectorError(error, 'Gateway', 'read');
    });
    response.body.destroy();
    if (response.status < 300) return { ok: true, detail: 'The gateway accepts the key' };
    const message = `The gateway answered with status ${response.status}`;
    return { ok: false, code: codeOfStatus(response.status, 'read'), message };
  });
};
