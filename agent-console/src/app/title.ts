import { inbox } from '../features/inbox/inbox.svelte.ts';
import { settingsPages } from '../features/settings/pages.ts';
import { t } from '../text/index.ts';
import { router } from './router.svelte.ts';
import { session } from './session.svelte.ts';

/** “(3) Inbox · Switchboard”: tickets of mine with something unread, and where one is. */
export function windowTitle(): string {
  if (!session.signedIn) return t('app.name');
  const page = pageName();
  const whole = page ? t('title.page', { page, app: t('app.name') }) : t('app.name');
  return inbox.unread > 0 ? t('title.count', { count: inbox.unread, page: whole }) : whole;
}

function pageName(): string | null {
  switch (router.place?.name) {
    case 'inbox':
      return t('nav.inbox');
    case 'floor':
      return t('nav.floor');
    case 'customers':
      return t('nav.customers');
    case 'staffing':
      return t('nav.staffing');
    case 'lab':
      return t('nav.lab');
    case 'reports':
      return t('nav.reports');
    case 'settings': {
      const page = settingsPages.find((each) => each.id === router.param('page'));
      return page ? t(page.label) : t('nav.settings');
    }
    default:
      return null;
  }
}
