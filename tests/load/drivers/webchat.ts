import type { ApiClient } from '../../support/api-client.ts';

/** A chat that any page may show; gives its account. */
export async function aWebchat(admin: ApiClient): Promise<string> {
  const { id } = await admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Chat', settings: {} },
  });
  return id;
}
