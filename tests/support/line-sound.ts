import { expect } from '@jest/globals';
import type { ConsolePage } from './console-page.ts';
import { eventually } from './eventually.ts';

declare global {
  interface Window {
    /** The softphone, and the phone that it is connected to. */
    ends: RTCPeerConnection[];
    microphones: MediaStreamTrack[];
  }
}

type End = 'agent' | 'caller';

/** In the browser's own measure, of which two seconds of speech have some hundredths. */
const AUDIBLE = 1e-4;
const PACKETS_A_SECOND = 50;

/** The sound of a page's call, by what the browser measures of it. */
export class LineSound {
  private constructor(private readonly console: ConsolePage) {}

  /** Of the page that is opened next. */
  static async of(console: ConsolePage): Promise<LineSound> {
    await console.page.addInitScript(() => {
      window.ends = [];
      window.microphones = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          window.ends.push(this);
          // What nobody plays is not decoded, and so not measured: the caller holds the phone to their ear.
          if (window.ends.length % 2 === 0)
            this.addEventListener('track', ({ track }) => {
              const ear = new Audio();
              ear.autoplay = true;
              ear.srcObject = new MediaStream([track]);
            });
        }
      };
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        window.microphones.push(...stream.getTracks());
        return stream;
      };
    });
    return new LineSound(console);
  }

  /** Until somebody who listens there has heard something; `cause` is what makes it. */
  async isHeardAt(end: End, cause?: () => void): Promise<void> {
    const before = await this.#arrived(end);
    cause?.();
    await eventually(async () => {
      const { bytes, energy } = await this.#arrived(end);
      expect(bytes).toBeGreaterThan(before.bytes);
      expect(energy - before.energy).toBeGreaterThan(AUDIBLE);
    });
  }

  /** Until two seconds have come there in which nothing can be heard. */
  async isSilentAt(end: End): Promise<void> {
    await eventually(async () => {
      const before = await this.#arrived(end);
      const after = await eventually(async () => {
        const now = await this.#arrived(end);
        expect(now.packets - before.packets).toBeGreaterThan(2 * PACKETS_A_SECOND);
        return now;
      });
      expect(after.energy - before.energy).toBeLessThan(AUDIBLE / 100);
    });
  }

  /** Packets that each end has sent. */
  sent(): Promise<number[]> {
    return this.console.page.evaluate(async () => {
      const reports = await Promise.all(window.ends.map((end) => end.getStats()));
      const outbound = reports.map((report) => {
        const stats: RTCStats[] = [...report.values()];
        return stats.find((each): each is RTCOutboundRtpStreamStats => each.type === 'outbound-rtp');
      });
      return outbound.map((stream) => stream?.packetsSent ?? 0);
    });
  }

  /** How each microphone and each end stands. */
  states(): Promise<string[]> {
    return this.console.page.evaluate(() => [
      ...window.microphones.map(({ readyState }) => readyState),
      ...window.ends.map(({ connectionState }) => connectionState),
    ]);
  }

  #arrived(end: End): Promise<{ packets: number; bytes: number; energy: number }> {
    return this.console.page.evaluate(
      async (index) => {
        const stats: RTCStats[] = [...((await window.ends[index]?.getStats())?.values() ?? [])];
        const inbound = stats.find((each): each is RTCInboundRtpStreamStats => each.type === 'inbound-rtp');
        const { packetsReceived = 0, bytesReceived = 0, totalAudioEnergy = 0 } = inbound ?? {};
        return { packets: packetsReceived, bytes: bytesReceived, energy: totalAudioEnergy };
      },
      end === 'agent' ? 0 : 1,
    );
  }
}
