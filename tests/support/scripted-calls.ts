import { randomUUID } from 'node:crypto';
import type {
  CallChange,
  CallControl,
  CallStep,
  CallTurn,
  CallView,
  InboundEventOf,
  OutboundCommand,
  Party,
} from '@switchboard/contract';
import { Channels } from '../../server/src/modules/channels/index.ts';
import { NextStep } from '../../server/src/modules/calls/next-step.ts';
import { Queues } from '../../server/src/modules/queues/index.ts';
import { KeepCall } from '../../server/src/modules/tickets/index.ts';
import type { ApiClient } from './api-client.ts';
import { theCall } from './calls.ts';
import { eventually, found } from './eventually.ts';
import type { Modules } from './start-modules.ts';

type Room = Map<string, { role: 'customer' | 'agent'; agentId?: string }>;

/** Telephony as the hub sees it, without a provider: legs, rooms, and what happens in them told in the provider's time. */
export class ScriptedCalls {
  readonly accountId = randomUUID();
  readonly line = '+15550001111';
  readonly commands: { control: CallControl; callExternalId: string | undefined; commandId: string }[] = [];
  /** Whether who is called answers. */
  picksUp = true;
  private readonly rooms = new Map<string, Room>();
  private readonly callers = new Map<string, Party>();
  private events = 0;

  private constructor(private readonly hub: Modules) {}

  static async of(hub: Modules): Promise<ScriptedCalls> {
    const calls = new ScriptedCalls(hub);
    const account = {
      ...{ _id: calls.accountId, connectorId: 'scripted', channel: 'voice', name: 'Phone', state: 'active' },
      ...{ queueId: (await hub.app.get(Queues).default()).id, settings: { number: calls.line } },
    };
    const open = {
      account,
      connector: {
        capabilities: {
          ...{ sends: ['call.control'], emits: ['call.changed'], rateLimit: null },
          content: {
            ...{ text: { maxLength: 0, html: false, segments: false }, media: null, location: false, choices: null },
            templates: false,
          },
          conversation: { start: null, groups: false, subject: false, cc: false, replyWindow: null, live: true },
          call: { hold: true, transfer: true, recording: true },
        },
      },
      channel: {
        deliver: (command: OutboundCommand) => calls.deliver(command),
        agentLine: (agentId: string) =>
          Promise.resolve({ kind: 'scripted', token: `token of ${agentId}`, expiresAt: new Date(Date.now() + 60_000) }),
        openMedia: () => Promise.resolve(ReadableOf(Buffer.from('RIFF0000WAVEfmt a voice'))),
      },
    };
    Object.assign(hub.app.get(Channels), { open: async () => open });
    return calls;
  }

  /** A caller dials the number. */
  async arrives(from: string): Promise<{ id: string; step: CallStep }> {
    const id = `CA${randomUUID()}`;
    this.callers.set(id, { externalId: from, handles: [{ type: 'phone', value: from }] });
    await this.tells(id, { state: 'ringing', sequence: 0, line: this.line });
    const step = await this.asks(id, { what: 'arrived' });
    await this.tells(id, { state: 'in-progress', sequence: 1 });
    return { id, step };
  }

  async asks(id: string, at: CallTurn['at']): Promise<CallStep> {
    const customer = this.callers.get(id) ?? { externalId: id, handles: [] };
    const step = await this.hub.app
      .get(NextStep)
      .run(this.accountId, { callExternalId: id, direction: 'inbound', customer, line: this.line, at });
    if (step.does === 'join') await this.joins(id, step, at.what === 'agent' ? at.agentId : undefined);
    return step;
  }

  /** An agent's browser dials in. */
  async joinsAs(agentId: string, ticketId: string): Promise<string> {
    const leg = `CA${randomUUID()}`;
    await this.asks(leg, { what: 'agent', agentId, ticketId, role: 'agent' });
    return leg;
  }

  /** A caller whom this agent has on the line. */
  async talks(
    api: ApiClient,
    agent: { id: string; name: string },
    number: string,
  ): Promise<{ id: string; leg: string; call: CallView; ticketId: string }> {
    const { id } = await this.arrives(number);
    const ticketId = await eventually(async () => {
      const { items } = await api.call('tickets.list', { query: { view: 'all' } });
      const row = items.find(({ customer }) => customer.name === number);
      return found('its ticket', row).id;
    });
    await this.hub.app.get(KeepCall).hand(ticketId, { agent }, null);
    await theCall(api, ticketId, ({ phase }) => phase === 'connecting');
    const leg = await this.joinsAs(agent.id, ticketId);
    return { id, leg, ticketId, call: await theCall(api, ticketId, ({ phase }) => phase === 'talking') };
  }

  async hangsUp(id: string): Promise<void> {
    await this.parts(id);
    await this.tells(id, { state: 'completed', sequence: 9, durationSeconds: 10 });
  }

  /** A leg goes out of its room; it is the customer's, or that of an agent's browser. */
  async parts(id: string): Promise<void> {
    for (const [room, legs] of this.rooms) {
      const leg = legs.get(id);
      if (leg === undefined || !legs.delete(id)) continue;
      const call = [...legs].find(([, { role }]) => role === 'customer')?.[0] ?? id;
      await this.tells(call, { room, leg: { externalId: id, ...leg, change: 'left' } });
    }
  }

  /** A report of the provider; the same `eventId` is the very same one. */
  async tells(externalId: string, change: Partial<CallChange>, at = new Date()): Promise<void> {
    const caller = this.callers.get(externalId) ?? { externalId, handles: [] };
    const now = at.toISOString();
    const event: InboundEventOf<'call.changed'> = {
      ...{ specVersion: 1, eventId: randomUUID(), dedupeKey: `event-${(this.events += 1)}`, connectorId: 'scripted' },
      ...{ channel: 'voice', channelAccountId: this.accountId, occurredAt: now, receivedAt: now },
      ...{ thread: { externalId: caller.externalId, shape: 'call' }, kind: 'call.changed', sender: caller },
      call: { externalId, direction: 'inbound', ...change },
    };
    await this.hub.platform.bus.publish({
      ...{ topic: 'inbound.voice.call.changed', key: caller.externalId, id: event.eventId, payload: event },
    });
  }

  private async joins(id: string, step: Extract<CallStep, { does: 'join' }>, agentId?: string): Promise<void> {
    const room = this.rooms.get(step.room) ?? new Map();
    this.rooms.set(step.room, room);
    const role = step.role === 'customer' ? 'customer' : 'agent';
    room.set(id, { role, ...(agentId !== undefined && { agentId }) });
    const leg = { externalId: id, role, change: 'joined', ...(agentId !== undefined && { agentId }) } as const;
    await this.tells(step.callExternalId ?? id, { room: step.room, leg });
  }

  private async deliver(command: OutboundCommand): Promise<{ externalId: string; state: 'accepted' }> {
    if (command.kind !== 'call.control') throw new Error(`Not a command of calls: ${command.kind}`);
    const { control, callExternalId, commandId } = command;
    this.commands.push({ control, callExternalId, commandId });
    if (control.action === 'dial') {
      const id = `CA${randomUUID()}`;
      this.callers.set(id, { externalId: command.recipient.externalId, handles: [] });
      const { step } = control;
      const state = this.picksUp ? 'in-progress' : 'missed';
      await this.tells(id, { direction: 'outbound', commandId, state, sequence: 1 });
      if (!this.picksUp) return { externalId: id, state: 'accepted' };
      if (step.does === 'join') await this.joins(id, step);
      return { externalId: id, state: 'accepted' };
    }
    const id = callExternalId ?? '';
    if (control.action === 'steer' && control.step.does === 'join') await this.joins(id, control.step);
    if (control.action === 'steer' && control.step.does === 'wait') await this.parts(id);
    if (control.action === 'steer' && control.step.does === 'hang-up') await this.hangsUp(id);
    return { externalId: id, state: 'accepted' };
  }
}

async function* ReadableOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
