import KeyboardIcon from '@lucide/svelte/icons/keyboard';
import SignOutIcon from '@lucide/svelte/icons/log-out';
import MoonIcon from '@lucide/svelte/icons/moon';
import { AgentState } from '@switchboard/contract';
import { settingsPages } from '../features/settings/pages.ts';
import { t } from '../text/index.ts';
import { attempt } from './actions.ts';
import { type Command, commands } from './commands.svelte.ts';
import { keys } from './keys.svelte.ts';
import { layout } from './layout.svelte.ts';
import { overlays } from './overlays.svelte.ts';
import { places } from './places.ts';
import { router } from './router.svelte.ts';
import { session } from './session.svelte.ts';
import { switchTheme } from './theme.ts';

/** Keys and commands that are there wherever one is. Returns the way to take them away. */
export function useShortcuts(): () => void {
  const everywhere = { group: 'general' } as const;
  const withoutKeys = keys.register(
    { ...everywhere, key: 'Mod+k', label: t('keys.palette'), run: () => overlays.open('palette'), whileTyping: true },
    { ...everywhere, key: '/', label: t('keys.search'), run: () => overlays.open('palette') },
    { ...everywhere, key: '?', label: t('keys.help'), run: () => overlays.open('keys') },
    { ...everywhere, key: '[', label: t('keys.foldList'), run: () => layout.toggleList() },
    { ...everywhere, key: ']', label: t('keys.foldPanel'), run: () => layout.togglePanel() },
    ...places.flatMap(({ href, key, label, role }) =>
      href && session.may(role) ? [{ key, label: t(label), group: 'go' as const, run: () => router.go(href) }] : [],
    ),
    ...AgentState.options.map((state, index) => ({
      ...everywhere,
      key: `t ${index + 1}`,
      label: t('state.set', { state: t(`state.${state}`) }),
      run: () => void attempt(() => session.setState(state)),
    })),
  );
  const withoutCommands = commands.register(...goCommands(), ...doCommands(), ...settingsCommands());
  return () => {
    withoutKeys();
    withoutCommands();
  };
}

const goCommands = (): Command[] =>
  places.flatMap(({ id, href, icon, key, label, role }) => {
    if (!href) return [];
    const title = { title: t(label), group: t('palette.group.go') };
    return [{ id: `go.${id}`, ...title, icon, key, run: () => router.go(href), when: () => session.may(role) }];
  });

function doCommands(): Command[] {
  const group = t('palette.group.do');
  return [
    ...AgentState.options.map((state, index) => ({
      id: `state.${state}`,
      title: t('state.set', { state: t(`state.${state}`) }),
      group,
      key: `t ${index + 1}`,
      run: () => void attempt(() => session.setState(state)),
      when: () => session.me.state !== state,
    })),
    { id: 'theme', title: t('keys.theme'), group, icon: MoonIcon, run: () => void attempt(switchTheme) },
    { id: 'keys', title: t('nav.shortcuts'), group, icon: KeyboardIcon, key: '?', run: () => overlays.open('keys') },
    {
      id: 'sign-out',
      title: t('nav.signOut'),
      group,
      icon: SignOutIcon,
      run: () => void attempt(() => session.signOut()),
    },
  ];
}

const settingsCommands = (): Command[] =>
  settingsPages.map((page) => ({
    id: `settings.${page.id}`,
    title: t(page.label),
    group: t('palette.group.settings'),
    keywords: t(page.keywords),
    icon: page.icon,
    run: () => router.go(`/settings/${page.id}`),
    when: () => session.may(page.role),
  }));
