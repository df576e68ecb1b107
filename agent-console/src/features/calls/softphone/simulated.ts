/** How a call ended: words for the agent, or null where it simply did. */
type Ending = string | null;

interface Asked {
  readonly url: string;
  readonly token: string;
  readonly ticketId: string;
  readonly role: string;
}

type Told =
  | { readonly type: 'open' }
  | { readonly type: 'words'; readonly words: string; readonly language: string }
  | { readonly type: 'sound'; readonly sound: 'music' | 'beep' | 'silence' }
  | { readonly type: 'ended'; readonly reason: Ending };

/** What the others say is spoken by the browser's own voice, where it has one: the simulator has no sound to send. */
const speak = (words: string, language: string): void => {
  if (!('speechSynthesis' in window)) return;
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = language;
  window.speechSynthesis.speak(utterance);
};

/**
 * The softphone of a centre whose telephone is simulated (connectors/simulator/voice): its line is HTTP, with the token that the
 * hub gave. Closing the page hangs up, as it does with a real one. Rejects when the line cannot be had.
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
  const { id } = (await (await post('', { ticketId, role })).json()) as { id: string };
  const events = new EventSource(`${url}/softphone/calls/${id}/events?${new URLSearchParams({ token })}`);
  const listeners: ((reason: Ending) => void)[] = [];
  let ended: { reason: Ending } | null = null;
  const end = (reason: Ending): void => {
    events.close();
    if (ended !== null) return;
    ended = { reason };
    if ('speechSynthesis' in window) window.speechSynthesis.cancel();
    for (const listener of listeners) listener(reason);
  };
  events.onmessage = ({ data }: MessageEvent<string>) => {
    const told = JSON.parse(data) as Told;
    if (told.type === 'words') speak(told.words, told.language);
    if (told.type === 'ended') end(told.reason);
  };
  // It would connect anew to a call that has ended with the old connection.
  events.onerror = () => end('The line to the simulated telephone broke');
  const act = (body: object): void => {
    post(`/${id}`, body).catch((error: Error) => end(error.message));
  };
  return {
    mute: (on: boolean): void => act({ do: on ? 'mute' : 'unmute' }),
    digits: (keys: string): void => act({ do: 'digits', keys }),
    hangUp: (): void => {
      act({ do: 'hang-up' });
      end(null);
    },
    onEnd: (listener: (reason: Ending) => void): void => {
      if (ended !== null) listener(ended.reason);
      else listeners.push(listener);
    },
  };
}
