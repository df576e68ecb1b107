/** What the app may do, and what for: in words for whoever sets it up. */
export const scopes: Readonly<Record<string, string>> = {
  'app_mentions:read': 'to hear who names it',
  'channels:history': 'to read public channels',
  'channels:read': 'to look at the public channels where agents work',
  'chat:write': 'to answer',
  'chat:write.customize': 'to answer under the agent’s name',
  'files:read': 'to fetch files',
  'files:write': 'to send files',
  'groups:history': 'to read private channels',
  'groups:read': 'to look at the private channels where agents work',
  'im:history': 'to read direct messages',
  'reactions:read': 'to see reactions',
  'reactions:write': 'to react',
  'users:read': 'to know people’s names',
  'users:read.email': 'to recognise colleagues by their e-mail address',
};

/** Needed where agents work in Slack. */
export const deskScopes: readonly string[] = ['channels:read', 'groups:read'];

export const botEvents = [
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'reaction_removed',
] as const;
