/** What mail systems and absent people write, in the languages seen; each list is one pattern. */
const phrases = (...words: string[]) => new RegExp(words.join('|'), 'i');
const subjects = (...words: string[]) => new RegExp(`^(?:\\[[^\\]]*\\])?\\W*(?:${words.join('|')})`, 'iu');

export const bounceSubjects = subjects(
  'bounced?\\b|undeliver(ed|able)|non[- ]?deliver(y|able|ed)|(mail|message|e-?mail) (could )?(not|un)[- ]?(be )?deliver|returned (mail|to sender|message)|return(ed)? to sender',
  '(mail|message|e-?mail|your message)?\\s*delivery\\b.{0,24}(fail|status|problem|error|notification|notice|delay|incomplete|impossible|has)|delivery (failure|status|notification|error|problem|report|delayed)|failed (delivery|to deliver|mail)',
  '(mail|message) (delivery )?(system )?(error|failure|failed|status|delivery)|mail (failed|delivery failed|system error)|failure (notice|notification|delivering)|(your )?(mail|message|e-?mail).{0,40}(delayed|bounced|not delivered|undeliverable|returned|rejected|blocked)|delayed (mail|message)|warning: (message|could not send|e-?mail|mail)|notice: mail delivery|could not (send|deliver)|there was an error sending your mail|postmaster notify|rejected mail|blocked mail|message (blocked|rejected|you sent blocked|delivery has failed)|nondeliverable|loop alert|mail rejected|permanent delivery failure|automatically rejected mail|message you sent blocked',
  'unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|unzustellbare nachricht|nachricht nicht zugestellt|rückläufer|benachrichtigung zum (zustell|übermittl)|fehler bei der zustellung|e-?mail konnte nicht',
  'non remis|échec (de|d.)|retour de mail|message non distribué|avis de non[- ]remise|notification d.état de (la )?(remise|distribution)|non distribuable|undelivered',
  'no se (puede|pudo|ha podido) entregar|no entregado|error (de|en la) entrega|devolución|mensaje no entregado|aviso de entrega',
  'mancato recapito|impossibile recapitare|consegna fallita|messaggio non (recapitato|consegnato)|errore di consegna|notifica di mancata consegna|avviso di mancata consegna',
  'não (foi )?(entregue|é possível entregar)|falha (na|de) entrega|mensagem não entregue|erro de entrega|devolvida',
  'niet (bezorgd|bestelbaar)|onbestelbaar|kan niet worden bezorgd|aflevering mislukt|ej levererat|kunde inte leverera|ikke leveret|ulevert|kan ikke leveres|toimittaminen epäonnistui|perille toimittamaton',
  'niedostarczon|nie dostarczono|nie można dostarczyć|nedoručiteln|nedoručen|недоставленн|не доставлено|ваше сообщение не доставлено|сообщение не доставлено|не удалось доставить|невозможно доставить|недоставлене|не вдалося доставити|kézbesíthetetlen|teslim edilemedi|iletilemedi|δεν παραδόθηκε|nelivrat|neisporučen',
  '配信不能|配信不可|送信エラー|(メール|メッセージ)(が|を)?(送信|配信).{0,12}(できません|失敗)|配達不能|エラーメール|不達|退信|系统退信|未送达|投递失败|無法傳遞|无法投递|退回|郵件遞送失敗|반송|전달(되지| 실패)|발송 실패|không gửi được|ตีกลับ|לא נמסר|فشل التسليم|تعذر التسليم',
);

export const bouncePhrases = phrases(
  'could ?n.?t be delivered|could not be (delivered|sent|completed)|was not delivered|(has|have) not (yet )?been delivered|not delivered to|unable to deliver|undeliverable|undelivered|cannot be delivered|can.?t be delivered|wasn.t (able to )?deliver|(was|were)n.t able to deliver|delivery .{0,60}(failed|failure|suspended)|failed to deliver|failed delivery|delivery to the following|delivery has failed|failed permanently|permanent(ly)? (fatal )?(delivery )?(error|failure|fail)|did not reach the following|returned (mail|to you|message) |message (that you sent )?(was|has been) (returned|rejected|bounced)|bounced (back|message)|error (occurred )?while (attempting|trying) to deliver|error has occurred while attempting|(there was an |)error (sending|delivering)|trouble delivering|problem(s)? (delivering|occurred)|transcript of session follows|this is the (mail system|qmail|postfix|mailer|dragonfly|mail delivery)|message from yahoo|delivery status notification|mail delivery (software|system|failed|subsystem)|were rejected by|was rejected by a remote|rejected recipient|recipients? (of your|were|address).{0,40}(reject|error|undeliverable|unknown)|unknown (user|recipient)|user unknown|no such user|mailbox (is )?(full|unavailable)|delivery failed \\d|delivery attempt',
  'konnte nicht zugestellt|nicht zugestellt werden|unzustellbar|zustellung .{0,40}fehlgeschlagen|n.a pas pu être (remis|distribué|livré)|non remis|impossible de (remettre|distribuer|livrer)|no (se )?(pudo|puede|ha podido) (ser )?(entregar|entregado)|impossibile (recapitare|consegnare)|non (è stato|può essere) (recapitato|consegnato)|não (pôde|pode|foi possível) (ser )?entreg|kon niet (worden )?(bezorgd|afgeleverd)|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|nie (mogła|mogło|można) .{0,20}dostarcz|nebylo možné doručit|не (было|может быть|удалось|была) достав|nem (lehetett|sikerült) kézbesíteni|teslim edilemedi',
  '配信(できません|されません|に失敗)|送信(できません|に失敗)|お届けできません|届きませんでした|配送できません|宛先.{0,20}(見つかりません|存在しません)|送信できませんでした|未能送达|无法(送达|投递|发送)|无法传递|無法(送達|投遞|傳遞)|发送失败|退信|전송(하지 못|되지)|배달할 수 없|반송',
);

/** How a subject begins that only a vacation program writes. */
export const automaticSubjects = subjects(
  'auto(mat(ic|ed|isch\\w*|ique|ico|ica|isk\\w*))?[- ]?(reply|response|answer|respond\\w*)\\s*(:|$|\\W*re:)|auto[- ]?(reply|responder)\\b|automatic (reply|response)\\b|automated (reply|response|message)\\b|auto: re:',
  '(re: )?out[- ]of[- ](the[- ])?office\\s*(:|-|–|$|auto|reply|re:|notif|message|response|assist)|vacation (reply|message|response|notice|re:)',
  'abwesenheits(notiz|nachricht|meldung|assistent|benachrichtigung|info\\w*)|automatische (antwort|abwesenheits\\w*|rückantwort|empfangsbestätigung)|autom\\. (antwort|re)|urlaubs(notiz|meldung|nachricht)',
  'réponse automatique|message d.absence|respuesta autom[áa]tica|risposta automatica|risponditore automatico|resposta autom[áa]tica|automatisch antwoord|automatische (beantwoording|reactie)',
  'autosvar|automatiskt? svar|automatisk svar|automaattinen vastaus|automatyczna odpowied[źz]|odpowied[źz] automatyczna|autoodpowied[źz]|automatick[áa] odpov[ěe][ďd]|automatická odpoveď|automatikus válasz|samodejni odgovor|automatski odgovor|răspuns automat',
  'автоматичн\\w+ (відповідь|отговор)|автоответ\\w*|автоматическ\\w+ ответ|otomatik (yanıt|cevap)|αυτόματη απάντηση|automaatvastus|automatinis atsakymas|automātiskā atbilde',
  '自動(返信|応答|回答)|不在(通知|のお知らせ)|自动(回复|答复|回覆)|自動(回覆|回復|答覆)|자동\\s?(회신|응답|답장)|부재중|trả lời tự động|tự động trả lời|การตอบกลับอัตโนมัติ|ตอบกลับอัตโนมัติ|מענה אוטומטי|תגובה אוטומטית|הודעה אוטומטית|رد تلقائي|الرد التلقائي|balasan otomatis|jawaban otomatis',
);

/** What persons may write as well: it counts only in answer to a mail. "Auto:" is a car in German. */
export const awaySubjects = subjects(
  'auto:|i am out of (the )?office|i.m out of (the )?office|(away|absent) from (the )?(office|my mail|my desk)|on (annual |maternity |parental |sick )?(leave|vacation|holiday)\\s*(:|$|until|from|re:)|away from my mail|vacation\\s*:',
  'abwesenheit\\s*(:|$)|nicht im (büro|hause?)\\s*(:|$)|absence\\s*:|absence du bureau|absent du bureau|en dehors du bureau|hors du bureau|fuera de (la )?oficina|ausente de la oficina|ausencia\\s*:|fuori (ufficio|sede)\\s*(:|$|re)|assenza\\s*(:|dall)|fora do escrit[óo]rio|ausência\\s*(:|tempor)|afwezig(heid\\w*)?\\s*(:|$)|niet op kantoor',
  'frånvaro\\w*\\s*(:|$)|ikke til stede|fravær\\w*\\s*(:|$)|poissa( toimistosta)?\\s*(:|$)|poissaolo\\w*|poza biurem|nieobecno[śs][ćc]\\s*(:|$)|mimo kancel|házon kívül|вне офиса|ofis dışında|απουσία\\s*:|不在です|不在办公室',
);
