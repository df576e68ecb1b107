/** The shop whose customers we play. Names below .example and numbers kept for fiction: nothing here reaches anybody. */
export const shop = {
  name: 'Field & Fern',
  website: 'https://www.fieldandfern.example',
  mailbox: 'hello@fieldandfern.example',
  number: '+447700900007',
  hotline: '+447700900008',
  /** Of the simulated provider alone; good nowhere else. */
  provider: { accountSid: 'AC5ca1ab1e00000000000000000000f1e1', authToken: 'demo-token-of-the-simulated-provider' },
  telegram: {
    botToken: '110201543:demo-token-of-the-simulated-bot-000',
    webhookSecret: 'demo-secret-of-the-simulated-telegram',
    botUsername: 'field_and_fern_bot',
  },
  whatsApp: {
    phoneNumberId: '106540352242922',
    businessAccountId: '102290129340398',
    appSecret: 'demo-secret-of-the-simulated-app',
    verifyToken: 'demo-verify-token',
    accessToken: 'demo-token-of-the-simulated-graph',
  },
  /** Its page on Facebook and its account on Instagram. */
  page: {
    appSecret: 'demo-secret-of-the-simulated-app',
    verifyToken: 'demo-verify-token',
    accessToken: 'demo-token-of-the-simulated-graph',
  },
  slack: {
    botToken: 'xoxb-demo-token-of-the-simulated-workspace',
    signingSecret: 'demo-secret-of-the-simulated-slack',
  },
  app: { signingSecret: 'whsec_ZGVtby1zZWNyZXQtb2YtdGhlLXNob3AtYXBw' },
  /** With which the shop's website says who is signed in. */
  identitySecret: 'demo-identity-secret-of-field-and-fern',
} as const;
