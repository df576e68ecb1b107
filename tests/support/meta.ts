import {
  signedBody,
  startFakeGraph,
  type FakeGraph,
  type GraphAccount,
} from '../../connectors/simulator/meta/fake-graph.ts';
import type { TestHub } from './hub.ts';

const secrets = { appSecret: 'a-secret-of-the-app', verifyToken: 'a-token-to-verify', accessToken: 'an-access-token' };

/** An account of one of Meta's channels, with Meta's side of it. */
export class MetaLine {
  readonly accountId: string;
  readonly graph: FakeGraph;
  /** Meta's ids of what each customer was sent, in order. */
  readonly sent: ReadonlyMap<string, string[]>;
  readonly #hub: Pick<TestHub, 'url'>;

  private constructor(
    hub: Pick<TestHub, 'url'>,
    accountId: string,
    graph: FakeGraph,
    sent: ReadonlyMap<string, string[]>,
  ) {
    this.sent = sent;
    this.#hub = hub;
    this.accountId = accountId;
    this.graph = graph;
  }

  static async of(
    hub: Pick<TestHub, 'admin' | 'url'>,
    connectorId: string,
    settings: object = {},
    account: Partial<GraphAccount> = {},
  ): Promise<MetaLine> {
    const sent = new Map<string, string[]>();
    const graph = await startFakeGraph({
      accessToken: secrets.accessToken,
      sent: (mid, { body }) => {
        const { id } = Object(body['recipient']) as { id?: string };
        const to = String(id ?? body['to'] ?? body['recipient']);
        sent.set(to, [...(sent.get(to) ?? []), mid]);
      },
      ...account,
    });
    const body = { connectorId, name: connectorId, settings: { ...secrets, apiBaseUrl: graph.url, ...settings } };
    const { id } = await hub.admin.call('channelAccounts.create', { body });
    return new MetaLine(hub, id, graph, sent);
  }

  get webhookUrl(): string {
    return `${this.#hub.url}/webhooks/${this.accountId}`;
  }

  async posts(body: object, secret = secrets.appSecret): Promise<number> {
    const { raw, signature } = signedBody(secret, body);
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
    const response = await fetch(this.webhookUrl, { method: 'POST', headers, body: raw });
    await response.arrayBuffer();
    return response.status;
  }

  /** Meta's question when the address is entered. */
  async asks(token = secrets.verifyToken): Promise<{ status: number; text: string }> {
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': token,
    });
    const response = await fetch(`${this.webhookUrl}?${query}`);
    return { status: response.status, text: await response.text() };
  }

  /** A customer's WhatsApp, as Meta tells of it. */
  whatsApp(value: object): Promise<number> {
    const metadata = { display_phone_number: '15550001234', phone_number_id: '106540352242922' };
    const whole = { messaging_product: 'whatsapp', metadata, ...value };
    return this.posts({
      object: 'whatsapp_business_account',
      entry: [{ id: '102290129340398', changes: [{ field: 'messages', value: whole }] }],
    });
  }

  /** What happens between a page or an Instagram account and a customer. */
  messaging(object: 'page' | 'instagram', ...events: object[]): Promise<number> {
    const time = Date.now();
    const messaging = events.map((event) => ({
      sender: { id: 'CUSTOMER' },
      recipient: { id: 'PAGE' },
      timestamp: time,
      ...event,
    }));
    return this.posts({ object, entry: [{ id: 'PAGE', time, messaging }] });
  }
}
