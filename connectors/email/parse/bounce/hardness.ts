/**
 * Hard: nobody gets mail at this address, now or later, so that it should not be written to again. Soft: all else; the
 * address may be good (full, asleep, or it is our side that was refused).
 */
interface Cause {
  readonly hard: boolean;
  readonly says: RegExp;
}

const soft = (...patterns: string[]): Cause => ({ hard: false, says: new RegExp(patterns.join('|'), 'i') });
const hard = (...patterns: string[]): Cause => ({ hard: true, says: new RegExp(patterns.join('|'), 'i') });

/** First match wins. What servers say, most telling first: a text that names a cause beats its status code. */
const causes: readonly Cause[] = [
  // Full
  soft(
    'quota|over ?quota|(mail ?box|mailfolder|account|maildir|inbox|storage|disk) (is |was |size )?(now )?(too )?(full|over|exceed)',
    '(full|overfull) (mail ?box|inbox)|exceeded (the |its |their )?(storage|mailbox|maximum|disk)|storage allocation|not enough (storage )?space|insufficient (system )?storage',
    'space has been used up|mailbox size limit|size of (the )?mailbox|too many messages|boite du destinataire pleine|would exceed|message count limit|mailbox_?full',
  ),
  // Too big, or of a kind that is refused
  soft(
    'message (size|too (large|big|long))|(file|mail|message) size (exceeds|limit)|size exceeds|exceeds? (the )?(maximum |max\\.? |fixed |size )*(message|mail|size)|too much mail data|line too long|attachment',
    'invalid (mime|header)|malformed|syntax error in (header|message)|rfc ?(2822|5322|822)\\b|not rfc|8-?bit|smtputf8',
  ),
  // Held for spam, viruses, reputation, policy; we were refused, not the address
  soft(
    'spam|virus|malware|phish|unsolicited|junk|bulk mail|blacklist|blocklist|block ?list|black list|blocked|banned|listed (by|at|in)|dnsbl|rbl\\b|spamhaus|sorbs|barracuda|reputation|poor reputation|suspicious',
    'dmarc|dkim|\\bspf\\b|sender policy|unauthenticated|authenticat|domainkeys|sender id|policy|not (allowed|authori[sz]ed|permitted) (to|by)|prohibit|content (rejected|filter|restriction)|(rejected|refused).{0,20}content|message (content )?(rejected|refused|denied)|message was rejected',
    'reverse (dns|lookup)|\\bptr\\b|rdns|fcrdns|helo|ehlo|cannot find your (reverse )?hostname|(client|your) host (rejected|name)|invalid hostname|no reverse|unverif',
    'relay|gateway user|authorized user|authentication required|must be authenticated|smtp auth',
    '(sender|from|envelope[- ]?from|mail from|return[- ]?path)[^.;]{0,40}(reject|denied|invalid|not exist|unknown|blocked|verif|spammer|refused|does not|not allowed|isn.t)|(unroutable|unresolvable|bogus|invalid|null) sender|batv|bounce ?address|sender (was )?(rejected|denied)|domain of sender|backscatter|third-party dsn',
    'access denied|administrative prohibition|delivery not authorized|transaction failed unsigned|security|encryption|tls required|starttls|certificate',
  ),
  // Too much, too fast, not now
  soft(
    'too (many|fast|much)|rate limit|exceed.{0,20}(limit|rate)|throttl|greylist|graylist|try (again|later)|come back later|temporar|deferred|defer|concurren|limit exceeded|connection limit|message rate|hourly|daily',
    'timed? ?out|time-?out|expired|retry time|retry timeout|too long|lost connection|connection (was )?(refused|lost|reset|dropped|closed|died)|network is unreachable|no route to host|(could|can)(n.t| not) (be )?connect|bad connection|not responding|unable to connect|delayed|delivery attempts|(has|have) been (in the|on the) queue|undelivered for|failed \\d+ attempts|4 days|days? old',
    'out of memory|disk full|no space|file system|service (not available|unavailable|currently)|system error|internal (server )?error|resources|read.?only|i/o error|cannot (open|create|append|lock)|local (configuration )?error|loop|too many hops|hop count|delivered-to|duplicated|exit status|command (died|failed|output)|procmail|maildrop|pipe to',
  ),
  // The person's own choice, or asleep
  soft(
    'suspend|disabled|inactive|deactivat|locked|frozen|inactiv|not active|expired account|on hold|dormant|archiv|discontinued|account.{0,20}(closed|terminated)',
    'refused due to recipient preferences|recipient.{0,30}(preference|prefers)|only accept|accepting mail from|not accepting|rejected by (the )?(user|recipient)|user reject|restricted|permission to (send|post)|may not exist.{0,40}permission|notauthorized|members? only|moderat|refuses? to (accept|receive)',
  ),
  // Gone elsewhere
  hard(
    'has moved|user.{0,20}moved|has changed|no longer (valid|here|works|employed|with|active|in use|available)|left the (company|organi[sz]ation)|replaced by',
  ),
  // Nobody of that name
  hard(
    '(user|recipient|mail ?box|account|address|alias|person|addressee|destinataire|usuario|utente|local part|customer|id|member)[^.;]{0,48}(unknown|not (exist|found|known|valid|listed|recogni[sz]ed|local|present|a valid|registered)|(does|did|do)(n.t| not) (exist|match|appear)|no longer|invalid|unavailable|inconnu|nonexist|non-exist|isn.t|not ok|undeliverable|is not (a|our|in)|not in|no encontrad|no existe|missing)',
    '(unknown|invalid|bad|no such|not a (valid|known|local)|illegal|nonexistent|non-existent|no valid|wrong|incorrect|unrecogni[sz]ed|undeliverable|unrout(e)?able|nessun|unbekannt\\w*)[^.;]{0,24}(user|recipient|mail ?box|account|address|addressee|alias|local|person|name|destination|destinatario|utente|empf|customer|id\\b|rcpt)',
    'no (mail ?box|account|one|user|person|such)|recipnotfound|adr\\.recip|adr\\.ex(recip)?notfound|not our customer|badrcptto|validrcptto|allowed rcpthosts|doesn.t have (a|an) [^.;]{0,30}account|isn.t (a|in) |in name directory|user name|cannot be found|couldn.t be found|could not be found|wasn.t found|was not found|not found in|nicht bekannt|inconnu|unbekannt|destinatario|desconocido|не найден|не существует|存在しません|見つかりません|not listed in|undeliverable to',
  ),
  // No such place
  hard(
    '(host|domain|name|server|mx)[^.;]{0,40}(not found|unknown|not exist|(does|did)(n.t| not) exist|not known|nxdomain|no answer|not resolv|unreachable|lookup failed|must exist|isn.t|no longer|invalid|not reachable)|(unknown|bad|invalid|no such|non-?existent) (host|domain|mail domain|destination)|nxdomain|no (mx|valid|mail) (record|host|server|exchanger|mx)|no mx|null mx|unrouteable|unroutable|couldn.t find any host|can.t find (a )?(host|domain|mx)|(cannot|unable to|could not|not) (be )?(route|resolve)|name service error|all relevant mx',
    'does not accept (any )?(mail|email|messages)|no mail (is )?accepted|not accept mail|server does not accept|mail (is )?not accepted here|permanent error.{0,12}$',
  ),
];

/** Enhanced status codes (RFC 3463 and the IANA registry), for texts that name no cause. */
const hardStatus = /^5\.(1\.(0|1|2|3|4|6|10)|4\.4|3\.2)$/;
const hardReply = /(^|[^0-9.])(556|521)[ -]/;

const status = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
export const statusIn = (text: string): string | undefined => status.exec(text)?.[0];

/** An address refused only after the whole mail was sent was refused for the mail: a filter that blames the user. */
const afterData =
  /(in reply to end of data|end of data command|after end of data|final data|error following data|>>> data|rejected after data|data command)/i;

const quietened = (text: string) =>
  text
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/<?[^\s<>()]+@[^\s<>(),;]+>?/g, ' ')
    .replace(/\s+/g, ' ');

export const isHard = (diagnostic: string, code: string | undefined): boolean => {
  if (code?.startsWith('4')) return false;
  const words = quietened(diagnostic);
  if (hardReply.test(words)) return true;
  const cause = causes.find(({ says }) => says.test(words));
  if (cause) return cause.hard && !afterData.test(words);
  return hardStatus.test(code ?? '');
};
