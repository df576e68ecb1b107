import InboxIcon from '@lucide/svelte/icons/inbox';
import SearchIcon from '@lucide/svelte/icons/search';
import SettingsIcon from '@lucide/svelte/icons/settings';
import CustomersIcon from '@lucide/svelte/icons/users';
import { HOME } from './routes.ts';

/** The navigation, in order; `id` is the route's name. What has no address opens the palette. */
export const places = [
  { id: 'inbox', href: HOME, icon: InboxIcon, label: 'nav.inbox', key: 'g i' },
  { id: 'customers', href: '/customers', icon: CustomersIcon, label: 'nav.customers', key: 'g c' },
  { id: 'search', href: null, icon: SearchIcon, label: 'nav.search', key: 'Mod+k' },
  { id: 'settings', href: '/settings', icon: SettingsIcon, label: 'nav.settings', key: 'g s' },
] as const;
