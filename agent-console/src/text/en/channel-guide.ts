/** Setting up a channel, step by step. */
export const channelGuide = {
  'guide.prepare.at': 'First, at {provider}',
  'guide.prepare': 'First',
  'guide.next': {
    one: 'Once it is added, this page shows the last step and waits with you for the first message.',
    other: 'Once it is added, this page shows the last {count} steps and waits with you for the first message.',
  },
  'guide.connect.at': 'Now connect {provider}',
  'guide.connect': 'Now put it to use',
  'guide.connected': 'Connection',
  'guide.all.at': 'How it is set up at {provider}',
  'guide.all': 'How it is set up',
  'guide.earlier': 'The steps before',
  'guide.gives': 'Goes into: {settings}',

  'guide.reach.local': '{provider} can’t reach {origin}: that address is this machine’s own.',
  'guide.reach.plain': '{origin} has no https, and {provider} calls no other addresses, or should not.',
  'guide.reach.someone': 'A provider',
  'guide.reach.next':
    'Set PUBLIC_URL to the https address by which this hub is reached from the internet, and start it again. Addresses that you have copied before change with it.',

  'guide.live': 'Live check',
  'guide.live.waiting.signed': 'Waiting for the first signed request',
  'guide.live.waiting.secret': 'Waiting for the first request with the right secret',
  'guide.live.waiting.connection': 'Waiting for the first connection',
  'guide.live.waiting.receiver': 'Waiting for the first mail',
  'guide.live.waiting.visitors': 'Waiting for the first message from your website',
  'guide.live.waiting.text': 'This turns green by itself the moment it arrives.',
  'guide.live.arrived.signed': 'Signed requests arrive',
  'guide.live.arrived.secret': 'Requests with the right secret arrive',
  'guide.live.arrived.connection': 'Connected',
  'guide.live.arrived.receiver': 'Mail arrives',
  'guide.live.arrived.visitors': 'Messages from your website arrive',
  'guide.live.last': 'The last one:',
  'guide.live.since': 'Since',
  'guide.live.refused': 'A request was refused',
  'guide.live.refused.last': 'The last good one:',
  'guide.live.cause.unproven':
    'Likely cause: it is signed with another secret than the one below, or PUBLIC_URL ({origin}) is not the address that the provider calls.',
  'guide.live.cause.elsewhere':
    'Likely cause: the provider called {host}, but PUBLIC_URL is {origin}. What is signed includes the address, so both must be the same. If they are meant to differ, it is signed with another secret.',
  'guide.live.cause.secret': 'Likely cause: it brings another secret than the one below.',
  'guide.live.cause.bare':
    'Likely cause: it does not come from the provider, or something in between (a proxy) drops what proves it.',
  'guide.live.cause.place': 'Likely cause: the address was not copied as it is shown here.',
  'guide.live.cause.way': 'Likely cause: the provider is set to another kind of request.',
  'guide.live.cause.website': 'Likely cause: the website is not among those in the settings below.',
  'guide.live.off': 'It is turned off: nothing can arrive.',
} as const;
