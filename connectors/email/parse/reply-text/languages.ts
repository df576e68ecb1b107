/**
 * What mail programs put around a quoted mail, in the languages of their menus. Lower case; a list, so that a new language is
 * a few words and no code.
 */
export type HeaderKind = 'from' | 'to' | 'date' | 'sent' | 'subject' | 'other';

const list = (words: string) => words.split('|');

export const headerNames: Readonly<Record<HeaderKind, readonly string[]>> = {
  from: list(
    'from|von|de|da|van|från|fra|lähettäjä|od|od kogo|nadawca|odesílatel|odosielateľ|от|від|от кого|feladó|kimden|gönderen|από|de la|' +
      '差出人|寄件者|寄件人|发件人|發件人|보낸 사람|보낸사람|từ|מאת|من|dari|จาก|expéditeur|remitente|mittente|remetente|afzender|absender|šalje|pošiljatelj|kas|nuo|no|saatja|frá',
  ),
  to: list(
    'to|an|à|a|per|para|aan|till|til|vastaanottaja|do|komu|adresat|кому|до|címzett|kime|alıcı|προς|către|宛先|收件者|收件人|받는 사람|받는사람|' +
      'đến|tới|אל|إلى|kepada|ถึง|pour|destinataire|destinatario|destinatário|za|prima|kam|kellele|empfänger',
  ),
  date: list(
    'date|datum|data|fecha|dato|päivämäärä|päiväys|дата|dátum|tarih|ημερομηνία|日付|日時|日期|날짜|ngày|תאריך|التاريخ|tanggal|วันที่|dagsetning|kuupäev|datums',
  ),
  sent: list(
    'sent|gesendet|envoyé|enviado|enviada|enviado el|enviada em|inviato|verzonden|skickat|sendt|lähetetty|wysłano|wysłane|odesláno|odoslané|' +
      'отправлено|надіслано|изпратено|elküldve|gönderildi|gönderilme tarihi|στάλθηκε|εστάλη|trimis|送信日時|发送时间|發送時間|傳送時間|寄件日期|보낸 날짜|보낸날짜|đã gửi|נשלח|تم الإرسال|dikirim|ส่งเมื่อ|poslano|enviat',
  ),
  subject: list(
    'subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|относно|tárgy|konu|θέμα|subiect|' +
      '件名|主题|主題|主旨|제목|chủ đề|tiêu đề|נושא|الموضوع|subjek|perihal|หัวข้อ|เรื่อง|zadeva|naslov|teema|tēma|tema|assumpte|efni',
  ),
  other: list(
    'cc|bcc|kopie|kopie (cc)|copie à|copie|kopia|kopi|kopio|копия|копія|másolat|bilgi|κοιν|κοινοποίηση|dw|抄送|副本|참조|reply-to|antwort an|répondre à|' +
      'responder a|rispondi a|risposta|responder para|antwoord aan|importance|priority|attachments|anlagen|pièces jointes|wichtigkeit|organization',
  ),
};

/** "… wrote:" */
export const wroteVerbs = list(
  'wrote|writes|schrieb|schrieben sie|geschrieben|heeft het volgende geschreven|nous a dit|schrieb am|a écrit|écrit|escribió|escribio|ha scritto|scrive|scritto|escreveu|schreef|geschreven|skrev|kirjoitti|' +
    'napisał(a)|napisał|napisała|pisze|napsal(a)|napsal|napsala|napísal(a)|napísal|napísala|написал|написала|написал(a)|написал(а)|пишет|пише|написав|написала(а)|написав(ла)|' +
    'írta|yazdı|yazmış|şunu yazdı|έγραψε|a scris|va escriure|đã viết|menulis|เขียน|כתב|כתבה|כתב/ה|كتب|napisao|napisala|napisao je|je napisal|je napisao|је написао|написа|rašė|parašė|rakstīja|kirjutas|skrifaði|' +
    '写道|寫道|写到|书写|のメール|は書きました|が書きました|のメッセージ|님이 작성|작성|님이 씀',
);

/** "On …": how such a line begins where it does not begin with the date itself. */
export const onWords = list(
  'on|at|in message|am|le|el|il|em|en|a|op|den|på|dnia|w dniu|dne|dňa|v|vào|vào lúc|lúc|在|於|于|στις|στην|în data de|în|pe|la|na|на|у|pada|tanggal|ב|ב-|בתאריך|في|dana|u|ne|dnia|i|klo|ti|vào ngày|sent from|von|da|от|el dia|dt|il giorno',
);

/** Between dashes, or alone on a line: what follows is another mail. */
export const originalMarks = list(
  'original message|original appointment|reply message|forwarded message|forwarded by|forwarded mail|begin forwarded message|ursprüngliche nachricht|ursprungsnachricht|originalnachricht|original-nachricht|antwort nachricht|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitet von|' +
    "message d'origine|message d’origine|message original|message initial|message transféré|message transmis|début du message réexpédié|début du message transféré|transféré par|" +
    'mensaje original|mensaje reenviado|inicio del mensaje reenviado|messaggio originale|messaggio originario|messaggio inoltrato|inizio messaggio inoltrato|mensagem original|mensagem encaminhada|mensagem reencaminhada|início da mensagem reencaminhada|início da mensagem encaminhada|' +
    'oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|begin doorgestuurd bericht|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|vidarebefordrat brev|oprindelig meddelelse|original meddelelse|videresendt meddelelse|opprinnelig melding|videresendt melding|alkuperäinen viesti|välitetty viesti|' +
    'oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|původní zpráva|přeposlaná zpráva|pôvodná správa|preposlaná správa|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|начало переадресованного сообщения|оригінальне повідомлення|переслане повідомлення|вихідне повідомлення|препратено съобщение|' +
    'eredeti üzenet|továbbított üzenet|özgün ileti|orijinal mesaj|iletilen mesaj|αρχικό μήνυμα|προωθημένο μήνυμα|mesaj original|mesajul original|mesaj redirecționat|mesaj redirectionat|izvorna poruka|originalna poruka|proslijeđena poruka|izvirno sporočilo|missatge original|' +
    '元のメッセージ|転送メッセージ|転送されたメッセージ|原始邮件|原始郵件|原邮件|转发邮件|轉寄郵件|转发的邮件|원본 메시지|원본메시지|전달된 메시지|thư gốc|tin nhắn gốc|thư đã chuyển tiếp|הודעה מקורית|הודעה שהועברה|الرسالة الأصلية|رسالة معاد توجيهها|pesan asli|pesan terusan|ข้อความต้นฉบับ',
);

/** "Please reply above this line": everything below is ours. */
export const replyAboveMarks = list(
  'reply above this line|reply directly above this line|respond above this line|above this line to reply|reply above the dashed line|add your reply above|type your reply above|write your reply above|' +
    'antworten sie oberhalb|antwort oberhalb dieser|répondez au-dessus|répondre au-dessus|réponse au-dessus|responda por encima|responder por encima|escriba su respuesta por encima|rispondi sopra|rispondere sopra|responda acima|antwoord boven|svara ovanför|svar over denne|odpowiedz powyżej|ответьте выше|この線より上',
);

/** Beginnings of the one line that a telephone or app adds. */
export const deviceMarks = list(
  'sent from my |sent from mobile|sent from phone|sent from outlook|sent from yahoo|sent from mail for|sent from gmail|sent from proton|sent from samsung|sent from android|sent from iphone|sent from windows|sent from the |sent from a |sent from an |sent from myMail|sent from tmail|sent from mailbird|sent from spark|sent using |sent via |sent with |sent on the go|sent by |sent on behalf of my |sent wirelessly|sent through |sent from boxer|get outlook for|outlook for android|outlook for ios|from my iphone|from my ipad|from my android|' +
    'von meinem |von unterwegs|gesendet von |gesendet mit |gesendet aus |outlook für |diese nachricht wurde von |mit freundlichen grüßen gesendet von|envoyé de |envoyé depuis |envoyé à partir |télécharger outlook|obtenez outlook|obtenir outlook|enviado desde |enviado do |enviado de |enviado a partir |obtener outlook|obter outlook|obtenga outlook|inviato da |inviato dal |scarica outlook|ottieni outlook|' +
    'verzonden vanaf |verstuurd vanaf |verstuurd vanuit |verzonden met |outlook voor |skickat från |från min |skickades från |hämta outlook|sendt fra |hent outlook|få outlook|lähetetty |hanki outlook|wysłane z |wysłano z |pobierz outlook|odesláno z |odoslané z |отправлено с |отправлено из |послано с |надіслано з |відправлено з |изпратено от |küldve |elküldve |gönderildi|telefonumdan |στάλθηκε από |εστάλη από |trimis de pe |trimis din |poslano s |enviat des |dikirim dari |được gửi từ |gửi từ |' +
    '发自我的|发自我|發自我的|從我的|从我的|iphoneから送信|ipadから送信|androidから送信|나의 |내 iphone에서|نشر من|أرسلت من|أُرسلت من|נשלח מ|ส่งจาก',
);
