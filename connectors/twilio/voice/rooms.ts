import { ConnectorError } from '@switchboard/contract';
import type { Twilio } from 'twilio';

/** A room's name is ours, its id Twilio's; only calling somebody in takes the name. */
export const conferenceSidOf = async (twilio: Twilio, room: string): Promise<string> => {
  // Newest first. A room of one is `init`: Twilio begins it with the second.
  const named = await twilio.conferences.list({ friendlyName: room, limit: 20 });
  const open = named.find(({ status }) => status !== 'completed');
  if (open) return open.sid;
  throw new ConnectorError('rejected', 'The conversation has ended: there is nobody in it any more');
};

interface Recorded {
  readonly room: string;
  readonly call: string;
  /** Where Twilio says what becomes of a recording that begins now. */
  readonly callback: string;
}
const runs = ({ status }: { status: string }): boolean => status === 'in-progress' || status === 'paused';
const changeTo = { on: { status: 'in-progress' }, paused: { status: 'paused', pauseBehavior: 'skip' } } as const;

/** The recording of the room, or else of the customer's leg, which is what begins in the middle of a call. */
export const setRecording = async (
  twilio: Twilio,
  { room, call, callback }: Recorded,
  to: 'on' | 'paused',
): Promise<string> => {
  const conference = twilio.conferences(await conferenceSidOf(twilio, room));
  const ofRoom = (await conference.recordings.list({ limit: 20 })).find(runs);
  if (ofRoom) return (await conference.recordings(ofRoom.sid).update(changeTo[to])).sid;
  const leg = twilio.calls(call);
  const ofLeg = (await leg.recordings.list({ limit: 20 })).find(runs);
  if (ofLeg) return (await leg.recordings(ofLeg.sid).update(changeTo[to])).sid;
  if (to === 'paused') throw new ConnectorError('rejected', 'Nothing is being recorded');
  const begun = await leg.recordings.create({
    recordingChannels: 'dual',
    recordingStatusCallback: callback,
    recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
    recordingStatusCallbackMethod: 'POST',
  });
  return begun.sid;
};
