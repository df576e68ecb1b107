import { Device } from '@twilio/voice-sdk';
import type { Line, Wanted } from './line.ts';

/** A line by WebRTC. The microphone is asked for first: who refuses it must not hear a customer who can't hear them. */
export async function connectTwilio({ token, ticketId, role }: Wanted & { token: string }): Promise<Line> {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of microphone.getTracks()) track.stop();
  const device = new Device(token, { closeProtection: true });
  const call = await device.connect({ params: { ticketId, role } });
  return new Promise((resolve, reject) => {
    const listeners: ((reason: string | null) => void)[] = [];
    let ended: { reason: string | null } | null = null;
    const end = (reason: string | null) => {
      if (ended !== null) return;
      ended = { reason };
      device.destroy();
      for (const listener of listeners) listener(reason);
    };
    call.on('disconnect', () => end(null));
    call.on('cancel', () => end(null));
    call.on('error', (error: Error) => {
      reject(error);
      end(error.message);
    });
    call.on('accept', () =>
      resolve({
        mute: (on) => call.mute(on),
        digits: (keys) => call.sendDigits(keys),
        hangUp: () => call.disconnect(),
        onLevel: (listener) => void call.on('volume', (level: number) => listener(level)),
        onEnd: (listener) => (ended === null ? void listeners.push(listener) : listener(ended.reason)),
      }),
    );
  });
}
