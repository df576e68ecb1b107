import { randomBytes } from 'node:crypto';
import { startFakeSlack, slackTeam } from '../../connectors/simulator/slack/fake-slack.ts';
import type { FakeSlack } from '../../connectors/simulator/slack/fake-slack.ts';
import { slackHeaders } from '../../connectors/simulator/slack/signature.ts';
import type { TestHub } from './hub.ts';

export { startFakeSlack, type FakeSlack } from '../../connectors/simulator/slack/fake-slack.ts';

let said = 0;
/** A message's id: one that no other has. */
export const newTs = (): string => `${Math.floor(Date.now() / 1000)}.${String(++said).padStart(6, '0')}`;

/** A Slack account of a hub, its workspace, and what people do there. */
export class SlackLine {
  private constructor(
    readonly hub: Pick<TestHub, 'admin' | 'url'>,
    readonly accountId: string,
    readonly workspace: FakeSlack,
    private readonly signingSecret: string,
  ) {}

  static async of(hub: Pick<TestHub, 'admin' | 'url'>, differences: object = {}): Promise<SlackLine> {
    const botToken = `xoxb-${randomBytes(8).toString('hex')}`;
    const signingSecret = randomBytes(16).toString('hex');
    const workspace = await startFakeSlack(botToken);
    const settings = { botToken, signingSecret, apiBaseUrl: workspace.url, ...differences };
    const { id } = await hub.admin.call('channelAccounts.create', {
      body: { connectorId: 'slack', name: 'Acme Slack', settings },
    });
    return new SlackLine(hub, id, workspace, signingSecret);
  }

  /** The same, where Slack calls another process. */
  at(hub: Pick<TestHub, 'admin' | 'url'>): SlackLine {
    return new SlackLine(hub, this.accountId, this.workspace, this.signingSecret);
  }

  /** Somebody says something; gives the status of the answer. */
  says(user: string, text: string, more: Record<string, unknown> = {}): Promise<number> {
    const ts = newTs();
    return this.event({
      type: 'message',
      user,
      text,
      ts,
      channel: 'C0AAAAAAA',
      channel_type: 'channel',
      event_ts: ts,
      ...more,
    });
  }

  event(event: Record<string, unknown>, headers: Record<string, string> = {}): Promise<number> {
    const body = JSON.stringify({
      ...{
        type: 'event_callback',
        team_id: slackTeam,
        api_app_id: 'A0AAAAAAA',
        event_id: `Ev${randomBytes(5).toString('hex')}`,
      },
      event,
      authorizations: [{ team_id: slackTeam, user_id: 'U0BOT0000', is_bot: true }],
    });
    return this.post(body, 'application/json', headers);
  }

  async post(body: string, contentType: string, headers: Record<string, string> = {}): Promise<number> {
    return (await this.request(body, contentType, headers)).status;
  }

  request(body: string, contentType: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.hub.url}/webhooks/${this.accountId}`, {
      method: 'POST',
      headers: { 'content-type': contentType, ...slackHeaders(this.signingSecret, body, new Date()), ...headers },
      body,
    });
  }
}
