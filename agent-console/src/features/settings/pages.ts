import CallMenusIcon from '@lucide/svelte/icons/list-tree';
import AlertsIcon from '@lucide/svelte/icons/bell-ring';
import QuarantineIcon from '@lucide/svelte/icons/archive-x';
import OrganisationIcon from '@lucide/svelte/icons/building-2';
import LevelsIcon from '@lucide/svelte/icons/timer';
import QueuesIcon from '@lucide/svelte/icons/layers';
import CannedIcon from '@lucide/svelte/icons/message-square-quote';
import AuditIcon from '@lucide/svelte/icons/scroll-text';
import HealthIcon from '@lucide/svelte/icons/activity';
import PreferencesIcon from '@lucide/svelte/icons/sliders-horizontal';
import PeopleIcon from '@lucide/svelte/icons/users-round';
import ChannelsIcon from '@lucide/svelte/icons/waypoints';
import type { Role } from '@switchboard/contract';

/** The settings in order: who may see them and how the palette finds them. What one may only read is said on the page. */
export const settingsPages = [
  {
    id: 'preferences',
    group: 'you',
    icon: PreferencesIcon,
    role: 'agent',
    label: 'settings.preferences',
    keywords: 'settings.preferences.keywords',
  },
  {
    id: 'canned-replies',
    group: 'team',
    icon: CannedIcon,
    role: 'agent',
    label: 'settings.canned',
    keywords: 'settings.canned.keywords',
  },
  {
    id: 'channels',
    group: 'team',
    icon: ChannelsIcon,
    role: 'agent',
    label: 'settings.channels',
    keywords: 'settings.channels.keywords',
  },
  {
    id: 'call-menus',
    group: 'team',
    icon: CallMenusIcon,
    role: 'supervisor',
    label: 'settings.callMenus',
    keywords: 'settings.callMenus.keywords',
  },
  {
    id: 'people',
    group: 'team',
    icon: PeopleIcon,
    role: 'agent',
    label: 'settings.people',
    keywords: 'settings.people.keywords',
  },
  {
    id: 'queues',
    group: 'team',
    icon: QueuesIcon,
    role: 'agent',
    label: 'settings.queues',
    keywords: 'settings.queues.keywords',
  },
  {
    id: 'service-levels',
    group: 'team',
    icon: LevelsIcon,
    role: 'agent',
    label: 'settings.levels',
    keywords: 'settings.levels.keywords',
  },
  {
    id: 'organisation',
    group: 'team',
    icon: OrganisationIcon,
    role: 'administrator',
    label: 'settings.organisation',
    keywords: 'settings.organisation.keywords',
  },
  {
    id: 'alerts',
    group: 'watch',
    icon: AlertsIcon,
    role: 'supervisor',
    label: 'settings.alerts',
    keywords: 'settings.alerts.keywords',
  },
  {
    id: 'quarantine',
    group: 'watch',
    icon: QuarantineIcon,
    role: 'supervisor',
    label: 'settings.quarantine',
    keywords: 'settings.quarantine.keywords',
  },
  {
    id: 'health',
    group: 'watch',
    icon: HealthIcon,
    role: 'supervisor',
    label: 'settings.health',
    keywords: 'settings.health.keywords',
  },
  {
    id: 'audit',
    group: 'watch',
    icon: AuditIcon,
    role: 'administrator',
    label: 'settings.audit',
    keywords: 'settings.audit.keywords',
  },
] as const satisfies readonly { id: string; role: Role; [other: string]: unknown }[];
export type SettingsPageId = (typeof settingsPages)[number]['id'];
