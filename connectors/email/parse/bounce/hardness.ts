/**
 * Hard: nobody gets mail at this address, now or later, so that it should not be written to again. Soft: all else; the
 * address may be good (full, asleep), or it is our side that was refused.
 */
interface Cause {
  readonly hard: boolean;
  readonly says: RegExp;
}

/** `~` stands for a few words of the same sentence. */
const pattern = (phrases: readonly string[]) =>
  new RegExp(phrases.join('|').replaceAll('~', '(?:(?![.;] ).){0,48}?'), 'i');
const soft = (...phrases: string[]): Cause => ({ hard: false, says: pattern(phrases) });
const hard = (...phrases: string[]): Cause => ({ hard: true, says: pattern(phrases) });

/** First match wins. What servers say, most telling first: a text that names a cause beats its status code. */
const causes: readonly Cause[] = [
  // Words that hold words of causes further down
  hard(
    'account or domain may not exist|name service error|recipient address rejected: (access denied|invalid|unknown|user ?unknown|undeliverable)|recipient address rejected\\.? ?([([]|$)|\\bnosuchuser\\b',
    'user (unknown|not found|does not exist) in ~table|no such user|user unknown|unknown user|unknown recipient|recipient unknown|does not like recipient~does not exist',
  ),
  // Full
  soft(
    'quota|(mail ?box|mailfolder|account|maildir|inbox|storage|disk)~ (full|over|exceed)|(full|overfull) (mail ?box|inbox)|mail ?box ?full|storage allocation|not enough (storage )?space',
    'insufficient (system )?storage|space has been used up|mail ?box size|size of (the )?mailbox|too many messages|boite du destinataire pleine|boîte~pleine|would exceed|message count limit|postfach~voll',
  ),
  // Too big, or of a kind that is refused
  soft(
    'message (size|too (large|big|long))|(file|mail|message) size|size exceeds|exceeds?~(message|mail|size)|too much mail data|line too long|attachment',
    'invalid (mime|header)|malformed|syntax error|rfc ?-?(2822|5322|822|5321|1035)\\b|8-?bit|smtputf8',
  ),
  // Spam, viruses, reputation, policy: we were refused, not the address
  soft(
    'spam|virus|malware|phish|unsolicited|unwanted|junk|bulk mail|(black|block|deny) ?list|blocked|banned|(?<!not )listed (by|at|in|on)|dnsbl|\\brbl\\b|sorbs|barracuda|reputation|suspicious|abus(e|ive)',
    'dmarc|dkim|\\bspf\\b|unauthenticated|domainkeys|sender ?id\\b|policy|policies|not (allowed|authori[sz]ed|permitted)|prohibit|content (rejected|filter|restriction)|(rejected|refused)~content|(message|mail)( was)?( content)? (rejected|refused|denied)',
    'reverse (dns|lookup)|\\bptr\\b|\\brdns\\b|fcrdns|\\bhelo\\b|\\behlo\\b|find your (reverse )?hostname|(client|your) host~(rejected|name)|invalid hostname|unverif',
    'relay|gateway user|authenticat|smtp auth',
    '(sender|mail from|from address|envelope[- ]?from|return[- ]?path)~(reject|denied|invalid|not exist|unknown|verif|refused|does not)|(unroutable|unresolvable|bogus|invalid|null) sender|batv|bounced? ?address|domain of sender|backscatter|third-party dsn',
    'access denied|administrative|delivery not authorized|unsigned dsn|security|encryption|tls required|starttls|certificate',
  ),
  // Too much, too fast, not now, not us
  soft(
    'too (many|fast|much)|rate limit|limit~exceed|exceed~(limit|rate)|throttl|gr[ea]y-?list|try (again )?(later|in |at )|come back later|temporar|deferred|concurren|connection limit|hourly|daily',
    'timed? ?-?out|expired|retry time|too long|(lost|connection~(refused|lost|reset|dropped|closed|died))|network (is )?unreachable|no route to host|(could|can) ?n(o|.)t (be )?connect|bad connection|not responding|unable to connect|delivery attempts|(has|have) been (in|on) ~queue|undelivered for|failed \\d+ attempts|for \\d+ days',
    'out of memory|no space|file system|service (not available|unavailable|currently)|system error|internal (server )?error|resources|read.?only|i/o error|(cannot|can.t) (open|create|append|lock)|configuration error|\\bloop|too many hops|hop count|duplicated|exit (status|code)|command (died|failed|output)|procmail|maildrop|pipe to',
  ),
  // The person's own choice, or asleep
  soft(
    'suspend|disabled|inactiv|deactivat|locked|frozen|not active|on hold|dormant|archiv|discontinued|account~(closed|terminated)',
    'recipient~(preference|prefers|restrict)|only accept|accepting mail|(rejected|blocked|refused) by (the )?(user|recipient)|user reject|restricted|permission to (send|post)|not have permission|notauthorized|members? only|moderat|refuses? to (accept|receive)|does not want',
  ),
  // Gone elsewhere
  hard(
    '(has|have) moved|has changed|no longer (valid|here|works|employed|with|active|in use|available)|left the (company|organi[sz]ation)|replaced by',
  ),
  // Nobody of that name
  hard(
    '(user|recipient|mail ?box|account|address|alias|person|addressee|local.?part|customer|member|spectator)~(unknown|not (exist|found|known|valid|listed|recogni[sz]ed|local|present|a valid|registered|ok)|(does|did|do) ?n.t (exist|match|appear|have)|does not|no longer|invalid|unavailable|non-?exist|isn.t|undeliverable|is not (a|our|in)|not in|missing|could ?n.t be found|was ?n.t found|wrong)',
    '(unknown|invalid|bad|no such|not a (valid|known|local)|illegal|non-?existent|no valid|wrong|incorrect|unrecogni[sz]ed|undeliverable)~(user|recipient|mail ?box|account|address|addressee|alias|local|person|destination|rcpt)',
    'no (mail ?box|account|one|user|person|such)|recipient ?not ?found|recipnotfound|adr\\.(recip|ex)|not our customer|badrcptto|validrcptto|allowed rcpthosts|in name directory|could(n.t| not) be found|not listed in|undeliverable to',
    'nicht bekannt|unbekannt|existiert nicht|inconnue?|n.existe pas|destinatario~(sconosciuto|inesistente)|nessun utente|no existe|desconocid|inexistente|bestaat niet|onbekend|okänd|ukendt|tuntematon|nie istnieje|nieznan|neexistuje|не найден|не существует|неизвестн|存在しません|見つかりません|不存在|존재하지',
  ),
  // No such place, or one without mail
  hard(
    '(host|domain|server|mx|destination)~(not found|unknown|not exist|(does|did) ?n.t exist|not known|no answer|not resolv|unreachable|not reachable|must exist)|(unknown|bad|invalid|no such|non-?existent) (host|domain|mail domain|destination)|dns lookup fail|nxdomain|no mx|no (valid |mail )?(mx|host|server|exchanger)|null mx|unroute?able|find any host|can.t find|(cannot|unable to|could not|not) (be )?(route|resolve)|all relevant mx|domain isn.t|name or service not known',
    'not accept (any )?(mail|e-?mail|messages)|no mail accepted',
  ),
];

/** Enhanced status codes (RFC 3463 and the IANA registry), for texts that name no cause. */
const hardStatus = /^5\.(1\.(0|1|2|3|4|6|10)|4\.4|3\.2)$/;
const hardReply = /(?<![\d.])(556|521)[ -]/;

const status = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/;
export const statusIn = (text: string): string | undefined => status.exec(text)?.[0];

/** Refused at MAIL FROM: for us. Refused only after the whole mail was sent: for the mail, by a filter that blames the user. */
const blamesUs =
  /((in reply to|after|following|response to)( the)? (end of )?(mail from|(smtp )?data\b)|>>> mail from|smtp command\W+(data|mail)|final data|sender was rejected|end of data)/i;

/** Where a text holds server replies, they say why; the sentences around are the reporting program's own. */
export const serverReplies = (text: string): string => {
  const found = [
    ...text.matchAll(/(?<![\d.@-])5\d\d[ -:](?:(?!\n\s*\n)[^])*?(?=$|\n\s*\n|\n<<<|\n>>>|(?<=\n)\s*\d{3}[ -])/g),
  ];
  return found.map(([reply]) => reply).join(' ');
};

const quiet = (text: string, urls: 'with' | 'without') =>
  (urls === 'without' ? text.replace(/https?:\/\/\S+/g, ' ') : text)
    .replace(/<?[^\s<>()[\]]+@[^\s<>(),;[\]]+>?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const causeOf = (text: string): Cause | undefined =>
  causes.find(({ says }) => says.test(quiet(text, 'without'))) ??
  causes.find(({ says }) => says.test(quiet(text, 'with')));

/** `context`: the words around the diagnostic, where the stage of the conversation may be told. */
export const isHard = (diagnostic: string, code: string | undefined, context = ''): boolean => {
  if (code?.startsWith('4') || blamesUs.test(diagnostic) || blamesUs.test(context)) return false;
  if (hardReply.test(diagnostic)) return true;
  if (/(?<![\d.])4\d\d[ -]/.test(diagnostic) && !/(?<![\d.])5(\d\d[ -]|\.\d)/.test(diagnostic)) return false;
  const cause = causeOf(serverReplies(diagnostic)) ?? causeOf(diagnostic);
  return cause?.hard ?? hardStatus.test(code ?? '');
};
