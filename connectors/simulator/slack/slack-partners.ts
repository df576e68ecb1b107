import type { Person } from '../cast/people.ts';
import type { Happenings } from '../happenings.ts';
import { Inbox, type Line } from '../line.ts';
import { tell, type Provider } from '../provider.ts';
import type { Random } from '../random.ts';
import { shop } from '../shop.ts';
import { slackTeam, startFakeSlack, type FakeSlack, type SlackCall } from './fake-slack.ts';
import { slackHeaders } from './signature.ts';

const channel = 'C0FERNHELP';

/** A workspace that the shop shares with its trade customers, and those who ask there. */
export class SlackPartners implements Provider {
  readonly #threads = new Map<string, Inbox>();
  readonly #random: Random;
  readonly #happenings: Happenings;
  #workspace!: FakeSlack;
  #webhookUrl = '';
  #said = 0;

  private constructor(random: Random, happenings: Happenings) {
    this.#random = random;
    this.#happenings = happenings;
  }

  static async open(random: Random, happenings: Happenings): Promise<SlackPartners> {
    const partners = new SlackPartners(random, happenings);
    const posted = ({ args }: SlackCall) => partners.#threads.get(args['thread_ts'] ?? '')?.put(args['text'] ?? '');
    partners.#workspace = await startFakeSlack(shop.slack.botToken, { posted });
    return partners;
  }

  get settings(): Record<string, unknown> {
    return { ...shop.slack, apiBaseUrl: this.#workspace.url };
  }

  reach(webhookUrl: string): void {
    this.#webhookUrl = webhookUrl;
  }

  line(person: Person): Line {
    const user = `U${person.phone.replace(/\D/g, '')}`;
    this.#workspace.users.set(user, { name: person.name, email: person.email });
    const inbox = new Inbox();
    let thread: string | undefined;
    return {
      say: async (text, file) => {
        inbox.clear();
        const ts = this.#newTs();
        if (thread === undefined) this.#threads.set((thread = ts), inbox);
        const id = `F${this.#random.hex(10).toUpperCase()}`;
        const files = file && [
          {
            ...{ id, name: file.fileName, mimetype: file.mimeType, size: file.bytes.length },
            url_private: this.#workspace.host(id, file),
          },
        ];
        const where = { channel, channel_type: 'channel', ...(thread !== ts && { thread_ts: thread }) };
        const said = { user, text, ts, event_ts: ts, ...(files && { subtype: 'file_share', files }) };
        await this.#post({ type: 'message', ...where, ...said });
      },
      typing: () => undefined,
      reply: (signal) => inbox.next(signal),
      leave: () => void (thread !== undefined && this.#threads.delete(thread)),
    };
  }

  close(): Promise<void> {
    return this.#workspace.close();
  }

  /** No two messages of a channel have the same. */
  #newTs(): string {
    return `${Math.floor(Date.now() / 1000)}.${String((this.#said += 1)).padStart(6, '0')}`;
  }

  async #post(event: object): Promise<void> {
    const about = { type: 'event_callback', team_id: slackTeam, event_id: `Ev${this.#random.hex(10)}` };
    const body = JSON.stringify({ ...about, event, authorizations: [{ user_id: 'U0BOT0000', is_bot: true }] });
    await tell(this.#webhookUrl, body, slackHeaders(shop.slack.signingSecret, body, new Date()), this.#happenings);
  }
}
