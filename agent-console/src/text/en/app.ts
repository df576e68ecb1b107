/** Words of the frame: navigation, status, palette, shortcuts. */
export const app = {
  'app.name': 'Switchboard',
  'app.skip': 'Skip to the content',
  'nav.label': 'Main',
  'nav.inbox': 'Inbox',
  'nav.customers': 'Customers',
  'nav.settings': 'Settings',
} as const;
