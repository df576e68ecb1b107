import { Id, LegRole } from '@switchboard/contract';

/** What Twilio calls below the account's webhook address. An incoming call has no name: it comes to the address itself. */
export const hooks = [
  '',
  'agent',
  'gather',
  'wait',
  'queue',
  'dial',
  'recorded',
  'recording',
  'transcript',
  'said',
  'room',
  'status',
  'machine',
  'fallback',
] as const;
export type Hook = (typeof hooks)[number];

/**
 * What Twilio brings back to us in the address, because its own fields don't say it: a room's event knows no customer, a leg's no
 * role. Twilio signs the address with the body, so nobody else can write it.
 */
export interface Place {
  /** The customer's leg and address. */
  readonly call?: string | undefined;
  readonly customer?: string | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
  readonly room?: string | undefined;
  /** Of the leg itself, where it is not the customer's. */
  readonly role?: LegRole | undefined;
  readonly agent?: string | undefined;
  readonly number?: string | undefined;
  readonly command?: string | undefined;
  readonly step?: string | undefined;
  /** What is said in the room is written down; anything at all. */
  readonly said?: string | undefined;
  /** When the caller got into the line, milliseconds. */
  readonly since?: string | undefined;
  /** A first round of music that was decided when the caller was sent to wait. */
  readonly music?: string | undefined;
  readonly seconds?: string | undefined;
  readonly keys?: string | undefined;
}

const longest = 1000;

export const linkTo = (webhookUrl: string, hook: Hook, place: Place = {}): string => {
  const known = Object.entries(place).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(known).toString();
  return `${webhookUrl}${hook === '' ? '' : `/${hook}`}${query === '' ? '' : `?${query}`}`;
};

export const placeOf = (url: string): Place => {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const read = (name: keyof Place) => query.get(name)?.slice(0, longest) || undefined;
  const id = (name: keyof Place) => Id.safeParse(query.get(name)).data;
  return {
    call: read('call'),
    customer: read('customer')?.slice(0, 512),
    direction: query.get('direction') === 'outbound' ? 'outbound' : query.has('direction') ? 'inbound' : undefined,
    room: read('room')?.slice(0, 200),
    role: LegRole.safeParse(query.get('role')).data,
    agent: id('agent'),
    number: read('number')?.slice(0, 200),
    command: id('command'),
    step: read('step')?.slice(0, 200),
    said: read('said')?.slice(0, 10),
    since: read('since'),
    music: read('music'),
    seconds: read('seconds'),
    keys: read('keys'),
  };
};
