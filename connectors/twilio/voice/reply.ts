import { setTimeout as pause } from 'node:timers/promises';
import { ConnectorError } from '@switchboard/contract';
import type { CallStep, CallTurn, ConnectorContext, VerifiedRequest, WebhookReply } from '@switchboard/contract';
import { fieldOf, parseForm } from '../../kit/form.ts';
import type { Told } from './fields.ts';
import { placeOf } from './hooks.ts';
import type { VoiceSettings } from './settings.ts';
import { firstRound, nothing, twimlInLine, twimlOf } from './twiml.ts';
import type { Scene } from './twiml.ts';
import { turnOf } from './turn.ts';
import { apologyIn } from './voices.ts';

type Hub = Pick<ConnectorContext, 'webhookUrl' | 'nextStep' | 'log'>;

/** Twilio gives up after 15 seconds, and the way there and back takes some. */
const PATIENCE_MS = 8_000;

const xml = (body: string): WebhookReply => ({ status: 200, contentType: 'text/xml', body });

const sorry = ({ language }: VoiceSettings): CallStep => ({ does: 'hang-up', say: [apologyIn(language)] });

/** The hub's word on what comes next, or an apology: a caller never hears silence. */
const stepFor = async (turn: CallTurn, settings: VoiceSettings, { nextStep, log }: Hub): Promise<CallStep> => {
  const patience = new AbortController();
  const late = pause(PATIENCE_MS, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`No answer within ${PATIENCE_MS / 1000} s`);
  });
  try {
    return await Promise.race([nextStep(turn), late]);
  } catch (error) {
    log.error('Nobody could say what a caller hears next: apologised and hung up', {
      callExternalId: turn.callExternalId,
      turn: turn.at.what,
      reason: (error as Error).message,
    });
    return sorry(settings);
  } finally {
    patience.abort();
    // It loses the race, or never ran: either way nobody waits for it.
    late.catch(() => undefined);
  }
};

const sceneOf = (told: Told, turn: CallTurn, settings: VoiceSettings, hub: Hub): Scene => {
  const agentId = turn.at.what === 'agent' ? turn.at.agentId : undefined;
  const { callExternalId: call, customer, direction } = turn;
  // Reports that name no customer themselves (a recording's) bring this back.
  const ofCall = { call, customer: customer.externalId, direction, command: told.place.command };
  return {
    webhookUrl: hub.webhookUrl,
    holdMusicUrl: settings.holdMusicUrl,
    place: agentId === undefined ? ofCall : { role: turn.at.what === 'agent' ? turn.at.role : undefined },
    leg: {
      callSid: turn.callExternalId,
      own: turn.callExternalId,
      role: turn.at.what === 'agent' ? turn.at.role : 'customer',
      ...(agentId && { agentId }),
    },
    now: told.receivedAt,
    wasWritten: told.place.said !== undefined,
  };
};

/** What makes no sense waits in quarantine by now, and is no call that anybody could speak to. */
const readTurn = (told: Told): CallTurn | null => {
  try {
    return turnOf(told);
  } catch (error) {
    if (error instanceof ConnectorError) return null;
    throw error;
  }
};

/** In the line already: what comes out of a key pressed while the first words were said is not. */
const inLine = ({ fields, place }: Told): boolean =>
  place.since !== undefined || fieldOf(fields, 'QueueSid') !== undefined;

/** Answers each request of Twilio's that waits for a document; the reports get an empty one. */
export const replyToVoice = async (
  request: VerifiedRequest,
  settings: VoiceSettings,
  hub: Hub,
): Promise<WebhookReply> => {
  const told: Told = { ...request, fields: parseForm(request.rawBody), place: placeOf(request.url) };
  const turn = readTurn(told);
  if (turn === null) return xml(nothing());
  const scene = sceneOf(told, turn, settings, hub);
  const { since, seconds, music, keys } = told.place;
  if (turn.at.what === 'waiting') {
    if (seconds !== undefined && turn.at.key === undefined)
      return xml(firstRound({ ...scene, place: { ...scene.place, since, seconds, music, keys } }));
    const step = await stepFor(turn, settings, hub);
    const here = { ...scene, place: { ...scene.place, since } };
    return xml(inLine(told) ? twimlInLine(step, here) : twimlOf(step, scene));
  }
  return xml(twimlOf(await stepFor(turn, settings, hub), scene));
};
