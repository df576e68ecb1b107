import type { AgentLine, ConnectorContext } from '@switchboard/contract';
// Not the whole package: see signature.ts.
import AccessToken from 'twilio/lib/jwt/AccessToken.js';
import { identityOf } from './identity.ts';
import type { VoiceSettings } from './settings.ts';

const LIFE_SECONDS = 3600;

/** Lets a browser call our TwiML app as this agent, and as nobody else. https://www.twilio.com/docs/iam/access-tokens */
export const agentLineOf = (
  settings: VoiceSettings,
  { now }: Pick<ConnectorContext, 'now'>,
  agentId: string,
): AgentLine => {
  const { accountSid, apiKeySid, apiKeySecret, twimlAppSid, softphoneUrl } = settings;
  const token = new AccessToken(accountSid, apiKeySid, apiKeySecret, {
    identity: identityOf(agentId),
    ttl: LIFE_SECONDS,
  });
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: twimlAppSid, incomingAllow: true }));
  return {
    kind: softphoneUrl ? 'simulated' : 'twilio',
    token: token.toJwt(),
    ...(softphoneUrl && { url: softphoneUrl }),
    expiresAt: new Date(now().getTime() + LIFE_SECONDS * 1000),
  };
};
