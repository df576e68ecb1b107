import { Loopback, type Ear } from './loopback.ts';

/** How a call ended: words for the agent, or null where it simply did. */
type Ending = string | null;

interface Asked {
  readonly url: string;
  readonly token: string;
  readonly ticketId: string;
  readonly role: string;
}

type Told =
  | { readonly type: 'words'; readonly words: string; readonly language: string }
  | { readonly type: 'sound'; readonly sound: Ear | 'beep' }
  | { readonly type: 'ended'; readonly reason: Ending };

/**
 * The softphone of a centre whose telephone is simulated (connectors/simulator/voice): it is steered by HTTP, with the token that the
 * hub gave, and its sound stays within the page. Closing the page hangs up, as it does with a real one. Rejects when the line cannot
 * be had.
 */
export async function connectSimulated({ url, token, ticketId, role }: Asked) {
  const post = async (path: string, body: object): Promise<Response> => {
    const response = await fetch(`${url}/softphone/calls${path}`, {
      method: 'POST',
      body: JSON.stringify({ token, ...body }),
    });
    if (!response.ok) throw new Error(`The simulated telephone answered ${response.status}`);
    return response;
  };
  const sound = await Loopback.open();
  const { id } = await post('', { ticketId, role })
    .then((response) => response.json() as Promise<{ id: string }>)
    .catch((error: unknown) => {
      sound.close();
      throw error;
    });
  const events = new EventSource(`${url}/softphone/calls/${id}/events?${new URLSearchParams({ token })}`);
  const listeners: ((reason: Ending) => void)[] = [];
  let ended: { reason: Ending } | null = null;
  const end = (reason: Ending): void => {
    events.close();
    if (ended !== null) return;
    ended = { reason };
    sound.close();
    for (const listener of listeners) listener(reason);
  };
  events.onmessage = ({ data }: MessageEvent<string>) => {
    const told = JSON.parse(data) as Told;
    if (told.type === 'words') sound.say(told.words, told.language);
    if (told.type === 'sound' && told.sound !== 'beep') sound.hear(told.sound);
    if (told.type === 'ended') end(told.reason);
  };
  // It would connect anew to a call that has ended with the old connection.
  events.onerror = () => end('The line to the simulated telephone broke');
  const act = (body: object): void => {
    post(`/${id}`, body).catch((error: Error) => end(error.message));
  };
  return {
    mute: (on: boolean): void => {
      sound.mute(on);
      act({ do: on ? 'mute' : 'unmute' });
    },
    digits: (keys: string): void => act({ do: 'digits', keys }),
    hangUp: (): void => {
      act({ do: 'hang-up' });
      end(null);
    },
    onLevel: (listener: (level: number | null) => void): void => sound.onLevel(listener),
    onEnd: (listener: (reason: Ending) => void): void => {
      if (ended !== null) listener(ended.reason);
      else listeners.push(listener);
    },
  };
}
