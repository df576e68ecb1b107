import { Inject, Injectable } from '@nestjs/common';
import type { MediaView } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import { LARGEST_UPLOAD } from '../../platform/http/create-http.ts';
import type { HubRequest } from '../../platform/http/hub-request.ts';
import { KeepMedia } from './keep-media.ts';

/** Boundaries and part headers around the file. */
const FORM_BYTES = 10_000;

@Injectable()
export class UploadMedia {
  constructor(@Inject(KeepMedia) private readonly keep: KeepMedia) {}

  /** `uploadedBy`: the agent who may look at it before a message carries it. */
  async run(request: HubRequest, uploadedBy?: string): Promise<MediaView> {
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_UPLOAD + FORM_BYTES) throw tooLarge();
    // One byte more than allowed, so that a file of exactly the limit is told from a larger one that was cut.
    const file = await request.file({ limits: { fileSize: LARGEST_UPLOAD + 1 } });
    if (file === undefined) throw new HubError('invalid', 'No file was handed in');
    try {
      const named = { fileName: formName(file.filename), ...(uploadedBy !== undefined && { uploadedBy }) };
      return await this.keep.run(named, file.file);
    } catch (error) {
      // Browsers read an answer only after they have sent everything.
      file.file.resume();
      throw error;
    }
  }
}

/** Browsers write quotes in names so: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const formName = (name: string) => name.replaceAll('%22', '"');

const tooLarge = () =>
  new HubError('too-large', `The file is larger than ${Math.floor(LARGEST_UPLOAD / 1_048_576)} MB`);
