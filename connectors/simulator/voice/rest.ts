import type { Exchange } from './exchange.ts';
import type { Leg } from './leg.ts';
import type { Recording } from './recordings.ts';
import type { Room } from './rooms.ts';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}
export interface RestRequest {
  readonly ids: readonly string[];
  readonly form: URLSearchParams;
}
type Handle = (exchange: Exchange, request: RestRequest) => RestAnswer | Promise<RestAnswer>;

const ok = (body: unknown, status = 200): RestAnswer => ({ status, body });
const failed = (status: number, code: number, message: string): RestAnswer => ({
  status,
  body: { code, message, status },
});
const gone = (): RestAnswer => failed(404, 20404, 'The requested resource was not found');
const page = (name: string, list: unknown[]) =>
  ok({ [name]: list, page: 0, page_size: list.length, next_page_uri: null });

const callBody = ({ account }: Exchange, { sid, from, to, status, direction }: Leg) => ({
  sid,
  account_sid: account.accountSid,
  from,
  to,
  status,
  direction,
});
const roomBody = ({ account }: Exchange, { sid, name, status }: Room) => ({
  sid,
  account_sid: account.accountSid,
  friendly_name: name,
  status,
});
const recordingBody = ({ account }: Exchange, { sid, status, seconds }: Recording) => ({
  sid,
  account_sid: account.accountSid,
  status,
  duration: String(seconds),
});
const participantBody = ({ sid }: Leg, room: Room) => ({
  call_sid: sid,
  conference_sid: room.sid,
  muted: room.members.get(sid)?.muted ?? false,
  hold: room.members.get(sid)?.hold ?? false,
  status: 'connected',
});

const callbackOf = (form: URLSearchParams, name: string) => {
  const url = form.get(name);
  return url ? { url, events: form.getAll(`${name}Event`) } : undefined;
};
const flag = (form: URLSearchParams, name: string): boolean | undefined =>
  form.has(name) ? form.get(name) === 'true' : undefined;

const dial: Handle = (exchange, { form }) => {
  const to = form.get('To') ?? '';
  if (!/^\+\d{7,15}$/.test(to)) return failed(400, 21211, `The 'To' number ${to} is not a valid phone number`);
  const about = { from: form.get('From') ?? '', to, callback: callbackOf(form, 'StatusCallback') };
  const leg = exchange.dialOut(about, Number(form.get('Timeout') ?? 60), (called, signal) =>
    exchange.run(called, form.get('Twiml') ?? '', signal),
  );
  return ok(callBody(exchange, leg), 201);
};

const steer: Handle = async (exchange, { ids: [sid = ''], form }) => {
  const leg = exchange.legs.get(sid);
  if (!leg) return gone();
  if (leg.isOver) return failed(400, 21220, 'Call is not in-progress. Cannot redirect.');
  const twiml = form.get('Twiml');
  if (twiml === null) await exchange.hangUp(leg);
  else exchange.steer(leg, twiml);
  return ok(callBody(exchange, leg));
};

const invite: Handle = (exchange, { ids: [room = ''], form }) => {
  const about = {
    from: form.get('From') ?? '',
    to: form.get('To') ?? '',
    callback: callbackOf(form, 'StatusCallback'),
  };
  const entry = {
    room: decodeURIComponent(room),
    label: form.get('Label') ?? '',
    endsRoom: flag(form, 'EndConferenceOnExit') ?? false,
    startsRoom: flag(form, 'StartConferenceOnEnter') ?? true,
    muted: flag(form, 'Muted') ?? false,
    coaching: flag(form, 'Coaching') ?? false,
    coaches: form.get('CallSidToCoach') ?? undefined,
    callback: callbackOf(form, 'ConferenceStatusCallback'),
    recordingUrl: undefined,
  };
  const leg = exchange.dialOut(about, Number(form.get('Timeout') ?? 60), (called, signal) =>
    exchange.join(called, entry, signal),
  );
  return ok(
    {
      call_sid: leg.sid,
      conference_sid: exchange.rooms.find(entry.room)?.sid ?? exchange.newSid('CF'),
      label: entry.label,
      status: 'queued',
    },
    201,
  );
};

const memberOf = ({ rooms }: Exchange, [room = '', sid = '']: readonly string[]) => {
  const found = rooms.find(room);
  const member = found?.members.get(sid);
  return found && member ? { room: found, member } : undefined;
};

const setRecording: Handle = (exchange, { ids, form }) => {
  const recording = exchange.recordings.find(({ sid, status }) => sid === ids[1] && status !== 'completed');
  if (!recording) return gone();
  recording.status = form.get('Status') === 'paused' ? 'paused' : 'in-progress';
  return ok(recordingBody(exchange, recording));
};
const recordingsOf: Handle = (exchange, { ids: [of] }) =>
  page(
    'recordings',
    exchange.recordings.filter((one) => one.of === of).map((one) => recordingBody(exchange, one)),
  );

/** The operations that we use: what they are called, what they take, what they do. Anything else is a mistake of ours. */
export const operations: readonly (readonly [
  method: string,
  path: RegExp,
  takes: readonly string[],
  handle: Handle,
])[] = [
  [
    'GET',
    /^\.json$/,
    [],
    ({ account }) => ok({ sid: account.accountSid, friendly_name: 'Simulated', status: 'active' }),
  ],
  [
    'GET',
    /^\/IncomingPhoneNumbers\.json$/,
    ['PhoneNumber', 'PageSize'],
    ({ account, webhookUrl }, { form }) =>
      page(
        'incoming_phone_numbers',
        form.get('PhoneNumber') === account.number
          ? [
              {
                sid: `PN${'0'.repeat(32)}`,
                phone_number: account.number,
                voice_url: webhookUrl,
                voice_method: 'POST',
                voice_application_sid: '',
                status_callback: `${webhookUrl}/status`,
                status_callback_method: 'POST',
                capabilities: { voice: true, sms: false, mms: false },
              },
            ]
          : [],
      ),
  ],
  [
    'GET',
    /^\/Applications\.json$/,
    ['PageSize'],
    ({ account, webhookUrl }) =>
      page('applications', [
        { sid: account.twimlAppSid, friendly_name: 'Agents', voice_url: `${webhookUrl}/agent`, voice_method: 'POST' },
      ]),
  ],
  [
    'POST',
    /^\/Calls\.json$/,
    [
      'To',
      'From',
      'Twiml',
      'Timeout',
      'StatusCallback',
      'StatusCallbackEvent',
      'StatusCallbackMethod',
      'MachineDetection',
      'AsyncAmd',
      'AsyncAmdStatusCallback',
      'AsyncAmdStatusCallbackMethod',
    ],
    dial,
  ],
  ['POST', /^\/Calls\/(CA\w+)\.json$/, ['Twiml', 'Status'], steer],
  ['GET', /^\/Calls\/(CA\w+)\/Recordings\.json$/, ['PageSize'], recordingsOf],
  [
    'POST',
    /^\/Calls\/(CA\w+)\/Recordings\.json$/,
    ['RecordingChannels', 'RecordingStatusCallback', 'RecordingStatusCallbackEvent', 'RecordingStatusCallbackMethod'],
    (exchange, { ids: [sid = ''], form }) => {
      const leg = exchange.legs.get(sid);
      if (!leg || leg.isOver) return gone();
      return ok(
        recordingBody(
          exchange,
          exchange.beginRecording(sid, 'StartCallRecordingAPI', form.get('RecordingStatusCallback') ?? undefined, leg),
        ),
        201,
      );
    },
  ],
  ['POST', /^\/Calls\/(CA\w+)\/Recordings\/(RE\w+)\.json$/, ['Status', 'PauseBehavior'], setRecording],
  [
    'POST',
    /^\/Calls\/(CA\w+)\/Transcriptions\.json$/,
    [
      'Name',
      'Track',
      'LanguageCode',
      'PartialResults',
      'EnableAutomaticPunctuation',
      'StatusCallbackUrl',
      'StatusCallbackMethod',
    ],
    (exchange, { ids: [sid = ''], form }) => {
      const leg = exchange.legs.get(sid);
      if (!leg || leg.isOver) return gone();
      const language = form.get('LanguageCode') ?? 'en-US';
      exchange.transcripts.start(leg, { url: form.get('StatusCallbackUrl') ?? '', language });
      return ok({ call_sid: sid, account_sid: exchange.account.accountSid, status: 'in-progress' }, 201);
    },
  ],
  [
    'POST',
    /^\/Calls\/(CA\w+)\/Transcriptions\/\w+\.json$/,
    ['Status'],
    (exchange, { ids: [sid = ''] }) => {
      const leg = exchange.legs.get(sid);
      if (!leg || !exchange.transcripts.stop(leg)) return gone();
      return ok({ call_sid: sid, account_sid: exchange.account.accountSid, status: 'stopped' });
    },
  ],
  [
    'GET',
    /^\/Conferences\.json$/,
    ['FriendlyName', 'Status', 'PageSize'],
    (exchange, { form }) =>
      page(
        'conferences',
        exchange.rooms
          .all()
          .filter(({ name }) => name === form.get('FriendlyName'))
          .reverse()
          .map((room) => roomBody(exchange, room)),
      ),
  ],
  [
    'POST',
    /^\/Conferences\/([^/]+)\/Participants\.json$/,
    [
      'From',
      'To',
      'Label',
      'Timeout',
      'Beep',
      'Muted',
      'Coaching',
      'CallSidToCoach',
      'StartConferenceOnEnter',
      'EndConferenceOnExit',
      'StatusCallback',
      'StatusCallbackEvent',
      'StatusCallbackMethod',
      'ConferenceStatusCallback',
      'ConferenceStatusCallbackEvent',
      'ConferenceStatusCallbackMethod',
    ],
    invite,
  ],
  [
    'POST',
    /^\/Conferences\/(CF\w+)\/Participants\/(CA\w+)\.json$/,
    ['Muted', 'Hold', 'HoldUrl', 'HoldMethod', 'Coaching', 'CallSidToCoach'],
    (exchange, { ids, form }) => {
      const found = memberOf(exchange, ids);
      if (!found) return gone();
      const [muted, hold, coaching] = [flag(form, 'Muted'), flag(form, 'Hold'), flag(form, 'Coaching')];
      const coaches = form.get('CallSidToCoach');
      exchange.rooms.set(found.room, found.member, {
        ...(coaches !== null && { coaches }),
        ...(muted !== undefined && { muted }),
        ...(hold !== undefined && { hold }),
        ...(coaching !== undefined && { coaching }),
      });
      return ok(participantBody(found.member.leg, found.room));
    },
  ],
  [
    'DELETE',
    /^\/Conferences\/(CF\w+)\/Participants\/(CA\w+)\.json$/,
    [],
    (exchange, { ids }) => {
      const found = memberOf(exchange, ids);
      if (!found) return gone();
      found.member.out();
      return { status: 204, body: undefined };
    },
  ],
  ['GET', /^\/Conferences\/(CF\w+)\/Recordings\.json$/, ['PageSize'], recordingsOf],
  ['POST', /^\/Conferences\/(CF\w+)\/Recordings\/(RE\w+)\.json$/, ['Status', 'PauseBehavior'], setRecording],
];
