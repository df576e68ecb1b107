import { ConnectorError, type ConnectorErrorCode } from '@switchboard/contract';

/** What nodemailer's connection puts on its errors (its `lib/errors`). */
interface SmtpFailure extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

const words: Readonly<Record<string, string>> = {
  EDNS: 'The SMTP server cannot be found',
  ECONNECTION: 'The SMTP server closed the connection',
  ESOCKET: 'The SMTP server cannot be reached',
  ETIMEDOUT: 'The SMTP server does not answer',
  ETLS: 'No secure connection to the SMTP server',
  EAUTH: 'The SMTP server refuses the user name or password',
};

/** Codes of OpenSSL's verdict on a certificate (Node's tls documentation, "X509 certificate error codes"). */
const isUntrusted = ({ code = '', cause, message }: SmtpFailure) =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(`${code} ${(cause as { code?: string } | undefined)?.code ?? ''}`) ||
  /certificate|altnames/i.test(message);

const isSignIn = ({ code, responseCode }: SmtpFailure) =>
  code === 'EAUTH' || responseCode === 530 || responseCode === 535 || responseCode === 538;

const codeOf = (failure: SmtpFailure, bodyBegun: boolean): ConnectorErrorCode => {
  const { responseCode } = failure;
  if (isSignIn(failure)) return responseCode !== undefined && responseCode < 500 ? 'temporary' : 'unauthorised';
  if (responseCode === undefined) return bodyBegun ? 'unknown' : 'temporary';
  return responseCode >= 500 ? 'rejected' : 'temporary';
};

/**
 * `bodyBegun`: the server has been given the mail, so that a connection lost from there on may have sent it. Server answers
 * are plain enough for agents, and hold no secret.
 */
export const smtpError = (error: unknown, bodyBegun: boolean): ConnectorError => {
  if (error instanceof ConnectorError) return error;
  const failure = error as SmtpFailure;
  const code = codeOf(failure, bodyBegun);
  const said = failure.response?.trim().slice(0, 500);
  if (isUntrusted(failure) && failure.responseCode === undefined && !bodyBegun)
    return new ConnectorError('unauthorised', `The SMTP server’s certificate is not trusted: ${failure.message}`, {
      cause: error,
    });
  const what = words[failure.code ?? ''] ?? 'The SMTP server refuses the mail';
  if (code === 'unknown')
    return new ConnectorError(code, 'The connection was lost while the mail was sent: it may have gone out', {
      cause: error,
    });
  return new ConnectorError(code, said ? `${what}: ${said}` : what, { cause: error });
};
