import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { ConnectorError, figuresAsked, reportPath, type OutboundCommandOf } from '@switchboard/contract';
import { v5 } from 'uuid';
import type { Clock } from '../../../platform/clock/clock.ts';
import { within } from '../../../platform/clock/within.ts';
import type { MediaStore } from '../../../platform/media/media-store.ts';
import { CLOCK, CONFIG, MEDIA } from '../../../platform/tokens.ts';
import type { Agent } from '../../agents/index.ts';
import { Channels, colleagueMail, type OpenChannel } from '../../channels/index.ts';
import { figuresCsv, ReadMetrics } from '../../metrics/index.ts';
import { Organisations } from '../../organisation/index.ts';
import type { StoredReport } from '../saved-report.schema.ts';
import { writeMail, type Written } from './write-mail.ts';

const SEND_MS = 60_000;

export interface Mailing {
  /** null: it went out. */
  to(person: Agent): Promise<ConnectorError | null>;
  close(): Promise<void>;
}

/** A report as a mail, over the centre's own e-mail. */
@Injectable()
export class MailReport {
  constructor(
    @Inject(ReadMetrics) private readonly metrics: ReadMetrics,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(MEDIA) private readonly media: MediaStore,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads the figures as they are now and writes them down once for all whom it goes to. */
  async open(report: StoredReport): Promise<Mailing> {
    const open = await this.channels.forColleagues();
    const { timeZone, name: organisation } = await this.organisations.read();
    const { query, name } = report;
    const { figures } = figuresAsked(query, this.clock.now(), timeZone);
    const [told, heat] = await Promise.all([
      this.metrics.run({ ...figures, by: query.by }),
      this.metrics.heat(figures),
    ]);
    const url = `${this.config.PUBLIC_URL}${reportPath(query)}`;
    const written = writeMail({ report: told, heat, by: query.by, clock: query.clock, name, organisation, url });
    // One mailing's own: who goes on where another died finds it there, or writes the same anew.
    const run = `${report._id}-${report.nextAt?.getTime() ?? 0}`;
    const mediaId = `report-${run}`;
    const csv = Readable.from([Buffer.from(figuresCsv(told, { by: query.by }))]);
    await this.media.put(mediaId, { fileName: written.fileName, mimeType: 'text/csv' }, csv);
    return {
      to: (person) => this.deliver(open, commandFor(person, open, written, { mediaId, run, reportId: report._id })),
      close: () => this.media.remove(mediaId),
    };
  }

  private async deliver(
    { channel }: OpenChannel,
    command: OutboundCommandOf<'message.send'>,
  ): Promise<ConnectorError | null> {
    try {
      await within(SEND_MS, channel.deliver(command));
      return null;
    } catch (error) {
      if (error instanceof ConnectorError) return error;
      // It may have gone out unheard: a second try could be a second mail.
      return new ConnectorError('unknown', (error as Error).message, { cause: error });
    }
  }
}

function commandFor(
  person: Agent,
  open: OpenChannel,
  { subject, text, html }: Written,
  { mediaId, run, reportId }: { mediaId: string; run: string; reportId: string },
): OutboundCommandOf<'message.send'> {
  const parts = [
    { type: 'text' as const, text },
    { type: 'html' as const, html },
    { type: 'media' as const, media: { source: mediaId, mediaId } },
  ];
  // The same mailing to the same person is the same mail, whoever sends it.
  return colleagueMail(open, { id: v5(`${run}:${person._id}`, reportId), to: person, subject, parts, by: 'reports' });
}
