import KeyboardIcon from '@lucide/svelte/icons/keyboard';
import SignOutIcon from '@lucide/svelte/icons/log-out';
import MoonIcon from '@lucide/svelte/icons/moon';
import PenIcon from '@lucide/svelte/icons/square-pen';
import { ChosenState } from '@switchboard/contract';
import { choices, isChosen, keyOf } from '../features/agent-states/choices.ts';
import { leaving } from '../features/agent-states/leaving.svelte.ts';
import { standingWords } from '../features/agent-states/words.ts';
import { directory } from '../features/directory.svelte.ts';
import { starting } from '../features/inbox/starting.svelte.ts';
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

const canStart = () => directory.startable.length > 0;

/** Keys and commands that are there wherever one is. Returns the way to take them away. */
export function useShortcuts(): () => void {
  const everywhere = { group: 'general' } as const;
  const withoutKeys = keys.register(
    { ...everywhere, key: 'Mod+k', label: t('keys.palette'), run: () => overlays.open('palette'), whileTyping: true },
    { ...everywhere, key: '/', label: t('keys.search'), run: () => overlays.open('palette') },
    { ...everywhere, key: '?', label: t('keys.help'), run: () => overlays.open('keys') },
    { ...everywhere, key: 'c', label: t('key.start'), run: () => starting.open(), when: canStart },
    { ...everywhere, key: '[', label: t('keys.foldList'), run: () => layout.toggleList() },
    { ...everywhere, key: ']', label: t('keys.foldPanel'), run: () => layout.togglePanel() },
    ...places.flatMap(({ href, key, label, role }) =>
      href && session.may(role) ? [{ key, label: t(label), group: 'go' as const, run: () => router.go(href) }] : [],
    ),
    ...ChosenState.options.map((state) => ({
      ...everywhere,
      key: keyOf(state),
      label: t('state.set', { state: t(`state.${state}`) }),
      run: () => void attempt(() => leaving.choose(state)),
    })),
  );
  const withoutCommands = commands.register(...goCommands(), ...doCommands(), ...settingsCommands());
  // The organisation's reasons may become others.
  const withoutStates = $effect.root(() => {
    $effect(() => commands.register(...stateCommands()));
  });
  return () => {
    withoutKeys();
    withoutCommands();
    withoutStates();
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
    {
      id: 'start',
      title: t('inbox.start'),
      group,
      icon: PenIcon,
      key: 'c',
      run: () => starting.open(),
      when: canStart,
    },
    { id: 'theme', title: t('keys.theme'), group, icon: MoonIcon, run: () => void attempt(switchTheme) },
    { id: 'keys', title: t('nav.shortcuts'), group, icon: KeyboardIcon, key: '?', run: () => overlays.open('keys') },
    {
      id: 'sign-out',
      title: t('nav.signOut'),
      group,
      icon: SignOutIcon,
      run: () => void attempt(() => leaving.signOut()),
    },
  ];
}

/** Each state, and the organisation's reasons for it. */
const stateCommands = (): Command[] =>
  choices(directory.agentStates.reasons).map(({ state, reason }) => ({
    id: `state.${state}.${reason?.id ?? ''}`,
    title: t('state.set', { state: standingWords({ state, reason }) }),
    group: t('palette.group.do'),
    ...(reason === null && { key: keyOf(state) }),
    run: () => void attempt(() => leaving.choose(state, reason)),
    when: () => !isChosen({ state, reason }, session.me),
  }));

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
