import { ConnectorError } from '@switchboard/contract';

/** A payload in good order that is another connector's: `whose` says what it is, "a WhatsApp message". */
export class ForeignPayload extends ConnectorError {
  constructor(whose: string, mine: string) {
    super('rejected', `This is ${whose}, and came to an account for ${mine}`);
  }
}
