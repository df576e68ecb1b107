import { ConnectorError } from '@switchboard/contract';
import type { ConnectorErrorCode } from '@switchboard/contract';
import type { webApi } from '@slack/bolt';
import { asConnectorError, codeOfStatus } from '../kit/provider-error.ts';
import type { Effect } from '../kit/provider-error.ts';
import { FetchError } from '../kit/safe-fetch.ts';

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors and its neighbours, in words for whoever wrote the message. */
const known: Record<string, [ConnectorErrorCode, string]> = {
  invalid_auth: ['unauthorised', 'Slack does not accept the bot token'],
  not_authed: ['unauthorised', 'Slack does not accept the bot token'],
  account_inactive: ['unauthorised', 'The app was removed from the workspace, or the workspace is gone'],
  token_revoked: ['unauthorised', 'The bot token was revoked: install the app again'],
  token_expired: ['unauthorised', 'The bot token has expired: install the app again'],
  team_access_not_granted: ['unauthorised', 'The app is not admitted to this workspace'],
  ratelimited: ['rate-limited', 'Slack asks us to slow down'],
  rate_limited: ['rate-limited', 'Slack asks us to slow down'],
  message_limit_exceeded: ['rejected', 'The workspace has reached its limit of messages'],
  invalid_code: ['rejected', 'Slack does not know this answer any more: start again'],
  code_already_used: ['rejected', 'This answer of Slack’s was used already: start again'],
  bad_redirect_uri: ['rejected', 'Slack does not know the hub’s address: add it to the app’s redirect URLs'],
  invalid_client_id: ['unauthorised', 'Slack does not know the client ID'],
  bad_client_secret: ['unauthorised', 'The client secret is wrong'],
  invalid_refresh_token: ['unauthorised', 'Slack no longer renews the token: install the app again'],
  channel_not_found: ['rejected', 'The channel is gone, or the app is no member of it'],
  not_in_channel: ['rejected', 'The app is no member of the channel: invite it there'],
  is_archived: ['rejected', 'The channel is archived'],
  restricted_action: ['rejected', 'The workspace does not let the app write here'],
  restricted_action_read_only_channel: ['rejected', 'Nobody but its owners may write in this channel'],
  restricted_action_thread_only_channel: ['rejected', 'This channel takes answers in threads alone'],
  msg_too_long: ['rejected', 'The message is too long for Slack'],
  no_text: ['rejected', 'There is nothing in the message'],
  user_not_found: ['rejected', 'This person is not known in the workspace'],
  cannot_dm_bot: ['rejected', 'Bots take no direct messages'],
  message_not_found: ['rejected', 'The message is gone'],
  thread_not_found: ['rejected', 'The thread is gone'],
  cant_update_message: ['rejected', 'Only messages of the app can be edited'],
  edit_window_closed: ['rejected', 'The workspace does not let messages be edited so late'],
  cant_delete_message: ['rejected', 'Only messages of the app can be deleted'],
  invalid_name: ['rejected', 'Slack does not know this emoji'],
  too_many_reactions: ['rejected', 'The message has as many reactions as Slack allows'],
  file_not_found: ['rejected', 'The file is gone'],
  internal_error: ['unknown', 'Slack had a failure of its own'],
  fatal_error: ['unknown', 'Slack had a failure of its own'],
  request_timeout: ['unknown', 'Slack did not take the request in time'],
  service_unavailable: ['temporary', 'Slack is not available just now'],
};

const ofPlatform = ({ error, needed }: { error?: unknown; needed?: unknown }, effect: Effect): ConnectorError => {
  const code = String(error);
  // A proxy in between answers in HTML, and nobody knows what Slack did.
  if (!/^[a-z0-9_]{1,80}$/.test(code))
    return new ConnectorError(effect === 'write' ? 'unknown' : 'temporary', 'Slack’s answer is not JSON');
  if (code === 'missing_scope')
    return new ConnectorError(
      'rejected',
      `The app lacks the permission ${String(needed)}: add it, and install the app again`,
    );
  const [kind, words] = (Object.hasOwn(known, code) ? known[code] : undefined) ?? ['rejected', 'Slack refused it'];
  const certain = kind === 'unknown' && effect === 'read' ? 'temporary' : kind;
  return new ConnectorError(certain, `${words} (${code})`);
};

const field = (value: unknown, name: string): unknown => (Object(value) as Record<string, unknown>)[name];

/** What a failed call of Slack's client means. Anything that is no failure of the call passes as it is. */
export const errorOfCall = (error: unknown, effect: Effect): unknown => {
  switch (field(error, 'code') as webApi.ErrorCode | undefined) {
    case 'slack_webapi_rate_limited_error' as webApi.ErrorCode: {
      const retryAfterMs = Number(field(error, 'retryAfter')) * 1000;
      return new ConnectorError('rate-limited', 'Slack asks us to slow down', { retryAfterMs });
    }
    case 'slack_webapi_platform_error' as webApi.ErrorCode:
      return ofPlatform(Object(field(error, 'data')) as object, effect);
    case 'slack_webapi_http_error' as webApi.ErrorCode: {
      const status = Number(field(error, 'statusCode'));
      return new ConnectorError(codeOfStatus(status, effect), `Slack answered with status ${status}`);
    }
    case 'slack_webapi_request_error' as webApi.ErrorCode: {
      const original = field(error, 'original');
      return original instanceof FetchError ? asConnectorError(original, 'Slack', effect) : original;
    }
    default:
      return error;
  }
};
