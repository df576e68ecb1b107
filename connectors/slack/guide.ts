import type { Guide } from '@switchboard/contract';
import { botEvents, scopes } from './scopes.ts';

/** https://docs.slack.dev/reference/app-manifest: all of the app's settings at once. */
const manifest = JSON.stringify(
  {
    display_information: { name: 'Switchboard', description: 'Your messages here reach our support' },
    features: {
      app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Support', always_online: true },
    },
    oauth_config: { redirect_urls: ['{origin}/settings/channels/installed'], scopes: { bot: Object.keys(scopes) } },
    settings: {
      event_subscriptions: { request_url: '{webhook}', bot_events: botEvents },
      interactivity: { is_enabled: true, request_url: '{webhook}' },
      socket_mode_enabled: false,
    },
  },
  null,
  2,
);
const apps = { label: 'Your Slack apps', url: 'https://api.slack.com/apps' };

export const slackGuide: Guide = {
  provider: 'Slack',
  needsHttps: true,
  steps: [
    {
      when: 'before',
      title: 'Make an app',
      text: 'Press “Create New App”, “From a manifest”, choose the customers’ workspace, and put this in as JSON. It holds the permissions, the events and this account’s address. Then press “Install to Workspace”.',
      link: { label: 'Create a Slack app', url: 'https://api.slack.com/apps?new_app=1' },
      copy: [{ label: 'Manifest', text: manifest }],
    },
    {
      when: 'before',
      title: 'Copy the token and the signing secret',
      text: 'The bot token is under “OAuth & Permissions” once the app is installed; it begins with xoxb-. The signing secret is under “Basic Information”, “App Credentials”.',
      link: apps,
      gives: ['botToken', 'signingSecret'],
    },
    {
      when: 'before',
      title: 'Or let the hub install it',
      text: 'In place of the bot token give the client ID, the client secret and the signing secret, all three under “Basic Information”, and save. Then press “Add to Slack” on the account’s page.',
      link: apps,
      gives: ['clientId', 'clientSecret', 'signingSecret'],
    },
    {
      when: 'before',
      title: 'Only if Slack can’t reach this hub: Socket Mode',
      text: 'Under “Socket Mode” switch it on, and make an app-level token with connections:write (it begins with xapp-). The hub then fetches events itself; the signing secret and the address are not needed.',
      link: apps,
      gives: ['appToken'],
    },
    {
      when: 'after',
      title: 'Let Slack verify the address',
      text: 'Under “Event Subscriptions” the request URL is this address; press “Retry” beside it, and Slack calls it at once. “Interactivity & Shortcuts” has the same address. With Socket Mode there is nothing to do here.',
      link: apps,
      copy: [{ label: 'Request URL', hook: '' }],
    },
    {
      when: 'after',
      title: 'Invite the app',
      text: 'In each channel where customers write, send the line below. Then write something there.',
      copy: [{ label: 'In the channel', text: '/invite @Support' }],
    },
  ],
};
