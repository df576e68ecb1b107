import { ConnectorError } from '@switchboard/contract';
import type {
  CallControl,
  CallStep,
  ConnectorContext,
  LegRole,
  OutboundCommand,
  OutboundCommandOf,
  Receipt,
} from '@switchboard/contract';
import type { Twilio } from 'twilio';
import { regionOf, toE164 } from '../../kit/phone.ts';
import type { TwilioClient } from '../client.ts';
import { linkTo } from './hooks.ts';
import type { Place } from './hooks.ts';
import { identityOf, labelOf } from './identity.ts';
import { conferenceSidOf, setRecording } from './rooms.ts';
import type { VoiceSettings } from './settings.ts';
import { startTranscript, stopTranscript } from './transcripts.ts';
import { roomEvents, twimlOf } from './twiml.ts';

type Command = OutboundCommandOf<'call.control'>;
type Control<A extends CallControl['action']> = Extract<CallControl, { action: A }>;
export interface Means {
  readonly twilio: Twilio;
  readonly settings: VoiceSettings;
  readonly hub: Pick<ConnectorContext, 'webhookUrl' | 'now'>;
  readonly command: Command;
}

const progress = ['initiated', 'ringing', 'answered', 'completed'];
/** What Twilio takes of a document in a request. */
const LONGEST_TWIML = 4000;

const callOf = ({ callExternalId }: Command): string => {
  if (callExternalId) return callExternalId;
  throw new ConnectorError('rejected', 'The command does not say which call it means');
};

/** National spellings are those of our number's country. */
const phoneOf = (number: string, ours: string): string => {
  const phone = toE164(number, regionOf(ours));
  if (!phone) throw new ConnectorError('rejected', `${number} is not a phone number`);
  return phone;
};

const twimlFor = ({ settings, hub, command }: Means, step: CallStep, place: Place): string => {
  const { callExternalId: callSid, commandId } = command;
  const leg = { callSid, own: callSid ?? commandId, role: 'customer' as const };
  const { holdMusicUrl } = settings;
  const twiml = twimlOf(step, { webhookUrl: hub.webhookUrl, holdMusicUrl, place, leg, now: hub.now() });
  if (twiml.length > LONGEST_TWIML) throw new ConnectorError('rejected', 'This is too long to be said at once');
  return twiml;
};

const dial = async (means: Means, control: Control<'dial'>): Promise<string> => {
  const { twilio, settings, hub, command } = means;
  const to = phoneOf(command.recipient.externalId, settings.number);
  const place: Place = { customer: to, direction: 'outbound', command: command.commandId };
  const { sid } = await twilio.calls.create({
    to,
    from: control.line,
    twiml: twimlFor(means, control.step, place),
    timeout: control.timeoutSeconds,
    statusCallback: linkTo(hub.webhookUrl, 'status', place),
    statusCallbackEvent: progress,
    statusCallbackMethod: 'POST',
    ...(control.detectMachine && {
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: linkTo(hub.webhookUrl, 'machine', place),
      asyncAmdStatusCallbackMethod: 'POST',
    }),
  });
  return sid;
};

const steer = async (means: Means, { step }: Control<'steer'>): Promise<string> => {
  const { twilio, command } = means;
  const call = twilio.calls(callOf(command));
  const isSilentEnd = step.does === 'hang-up' && step.say.length === 0;
  const place: Place = { call: callOf(command), customer: command.recipient.externalId };
  const { sid } = await call.update(isSilentEnd ? { status: 'completed' } : { twiml: twimlFor(means, step, place) });
  return sid;
};

/** Who listens is heard by nobody; who coaches, by that one agent. */
const presenceOf = (role: LegRole, coaches: string | undefined) => {
  if (role !== 'coach') return { muted: role === 'monitor', coaching: false };
  if (coaches) return { muted: false, coaching: true, callSidToCoach: coaches };
  throw new ConnectorError('rejected', 'The command does not say which agent is coached');
};

const invite = async ({ twilio, settings, hub, command }: Means, control: Control<'invite'>): Promise<string> => {
  const { room, role, who, coaches, timeoutSeconds } = control;
  const agent = 'agentId' in who ? who.agentId : undefined;
  const number = 'number' in who ? phoneOf(who.number, settings.number) : undefined;
  const around: Place = { call: command.callExternalId, customer: command.recipient.externalId, room };
  const leg: Place = { ...around, role, agent, number, command: command.commandId };
  const opens = role !== 'monitor' && role !== 'coach';
  const { callSid } = await twilio.conferences(room).participants.create({
    from: settings.number,
    to: agent === undefined ? (number ?? '') : `client:${identityOf(agent)}`,
    label: labelOf({ role, ...(agent && { agentId: agent }), ...(number && { number }) }, command.commandId),
    timeout: timeoutSeconds,
    beep: 'false',
    ...presenceOf(role, coaches),
    startConferenceOnEnter: opens,
    endConferenceOnExit: false,
    statusCallback: linkTo(hub.webhookUrl, 'status', leg),
    statusCallbackEvent: progress,
    statusCallbackMethod: 'POST',
    conferenceStatusCallback: linkTo(hub.webhookUrl, 'room', around),
    conferenceStatusCallbackEvent: [...roomEvents],
    conferenceStatusCallbackMethod: 'POST',
  });
  return callSid;
};

const participant = async ({ twilio }: Means, { room, legExternalId }: { room: string; legExternalId: string }) =>
  twilio.conferences(await conferenceSidOf(twilio, room)).participants(legExternalId);

/** Words first: neither is to be kept while the other says that it is paused. */
const recording = async ({ twilio, hub, command }: Means, { room, to, transcribe }: Control<'recording'>) => {
  const call = callOf(command);
  const around: Place = { call, customer: command.recipient.externalId, room };
  if (to === 'paused') await stopTranscript(twilio, call);
  else if (transcribe !== undefined)
    await startTranscript(twilio, call, { language: transcribe, callback: linkTo(hub.webhookUrl, 'said', around) });
  try {
    return await setRecording(twilio, { room, call, callback: linkTo(hub.webhookUrl, 'recording', around) }, to);
  } catch (error) {
    if (to === 'on') await stopTranscript(twilio, call);
    throw error;
  }
};

const actions: { [A in CallControl['action']]: (means: Means, control: Control<A>) => Promise<string> } = {
  dial,
  steer,
  invite,
  hold: async (means, control) => {
    const { holdMusicUrl } = means.settings;
    const music = control.on && holdMusicUrl ? { holdUrl: holdMusicUrl, holdMethod: 'GET' } : {};
    await (await participant(means, control)).update({ hold: control.on, ...music });
    return control.legExternalId;
  },
  mute: async (means, control) => {
    await (await participant(means, control)).update({ muted: control.on });
    return control.legExternalId;
  },
  role: async (means, control) => {
    const presence = presenceOf(control.role, control.coaches);
    await (await participant(means, control)).update(presence);
    return control.legExternalId;
  },
  remove: async (means, control) => {
    await (await participant(means, control)).remove();
    return control.legExternalId;
  },
  recording,
};

/** Twilio takes no idempotency key: a call that may have been made is not made again. */
export const deliverCall = async (
  client: TwilioClient,
  settings: VoiceSettings,
  hub: Means['hub'],
  command: OutboundCommand,
): Promise<Receipt> => {
  if (command.kind !== 'call.control')
    throw new ConnectorError('unsupported', `A phone call cannot carry ${command.kind}`);
  const means: Means = { twilio: await client(), settings, hub, command };
  const act = actions[command.control.action] as (means: Means, control: CallControl) => Promise<string>;
  return { externalId: await act(means, command.control), state: 'accepted' };
};
