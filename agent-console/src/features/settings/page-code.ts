import type { Component } from 'svelte';
import type { SettingsPageId } from './pages.ts';

type Load = () => Promise<{ default: Component<Record<string, never>> }>;

/** The code of each page, fetched when it is shown. */
export const pageCode: Record<SettingsPageId, Load> = {
  preferences: () => import('./preferences/PreferencesPage.svelte'),
  'canned-replies': () => import('../canned-replies/CannedRepliesPage.svelte'),
  channels: () => import('../channels/ChannelsPage.svelte'),
  'call-menus': () => import('../call-menus/CallMenusPage.svelte'),
  people: () => import('../people/PeoplePage.svelte'),
  queues: () => import('../queues/QueuesPage.svelte'),
  alerts: () => import('../alerts/AlertsPage.svelte'),
  'service-levels': () => import('../service-levels/ServiceLevelsPage.svelte'),
  organisation: () => import('./organisation/OrganisationPage.svelte'),
  quarantine: () => import('../quarantine/QuarantinePage.svelte'),
  health: () => import('../health/HealthPage.svelte'),
  audit: () => import('../audit/AuditPage.svelte'),
};
