import InboxIcon from '@lucide/svelte/icons/inbox';
import ReportsIcon from '@lucide/svelte/icons/chart-column';
import SearchIcon from '@lucide/svelte/icons/search';
import SettingsIcon from '@lucide/svelte/icons/settings';
import StaffingIcon from '@lucide/svelte/icons/chart-spline';
import CustomersIcon from '@lucide/svelte/icons/users';
import LabIcon from '@lucide/svelte/icons/flask-conical';
import FloorIcon from '@lucide/svelte/icons/layout-dashboard';
import { HOME } from './routes.ts';

/** The navigation, in order; `id` is the route's name. What has no address opens the palette; `role` may see it. */
export const places = [
  { id: 'inbox', href: HOME, icon: InboxIcon, label: 'nav.inbox', key: 'g i', role: 'agent' },
  { id: 'customers', href: '/customers', icon: CustomersIcon, label: 'nav.customers', key: 'g c', role: 'agent' },
  { id: 'floor', href: '/floor', icon: FloorIcon, label: 'nav.floor', key: 'g w', role: 'supervisor' },
  { id: 'staffing', href: '/staffing', icon: StaffingIcon, label: 'nav.staffing', key: 'g f', role: 'supervisor' },
  { id: 'lab', href: '/lab', icon: LabIcon, label: 'nav.lab', key: 'g l', role: 'supervisor' },
  { id: 'reports', href: '/reports', icon: ReportsIcon, label: 'nav.reports', key: 'g r', role: 'supervisor' },
  { id: 'search', href: null, icon: SearchIcon, label: 'nav.search', key: 'Mod+k', role: 'agent' },
  { id: 'settings', href: '/settings', icon: SettingsIcon, label: 'nav.settings', key: 'g s', role: 'agent' },
] as const;
