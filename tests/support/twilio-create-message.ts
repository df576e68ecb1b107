const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };
const sid = (prefix: string) => ({ type: 'string', pattern: `^${prefix}[0-9a-fA-F]{32}$` });

/** The form of `POST /Accounts/{AccountSid}/Messages.json`: https://www.twilio.com/docs/messaging/api/message-resource */
export const createMessageForm = {
  type: 'object',
  additionalProperties: false,
  properties: {
    To: { type: 'string', pattern: '^(\\+[1-9]\\d{1,14}|\\d{3,8})$' },
    From: { type: 'string', minLength: 1 },
    MessagingServiceSid: sid('MG'),
    Body: { type: 'string', minLength: 1, maxLength: 1600 },
    MediaUrl: { type: 'array', minItems: 1, maxItems: 10, items: uri },
    StatusCallback: uri,
    ApplicationSid: sid('AP'),
    ContentSid: sid('HX'),
    ContentVariables: text,
    ValidityPeriod: { type: 'string', pattern: '^\\d+$' },
    ProvideFeedback: { enum: ['true', 'false'] },
    SmartEncoded: { enum: ['true', 'false'] },
    SendAsMms: { enum: ['true', 'false'] },
    ShortenUrls: { enum: ['true', 'false'] },
    ScheduleType: { enum: ['fixed'] },
    SendAt: text,
    RiskCheck: { enum: ['enable', 'disable'] },
  },
  required: ['To'],
  allOf: [
    { anyOf: [{ required: ['From'] }, { required: ['MessagingServiceSid'] }] },
    { anyOf: [{ required: ['Body'] }, { required: ['MediaUrl'] }, { required: ['ContentSid'] }] },
  ],
};
