import { mount, unmount } from 'svelte';
import { adoptStyles } from '../core/adopt-styles.ts';
import type { PanelHandle, PanelOptions } from '../core/panel-handle.ts';
import App from './App.svelte';
import { Chat } from './chat.svelte.ts';
import css from './panel.css?inline';

export type MountPanel = (options: PanelOptions) => PanelHandle;

export const mountPanel: MountPanel = (options) => {
  adoptStyles(options.root, css);
  const chat = new Chat(options);
  const first = options.frame.firstChild;
  const app = mount(App, {
    target: options.frame,
    ...(first ? { anchor: first } : {}),
    props: { chat, frame: options.frame },
  });
  return {
    open: () => chat.open(),
    close: () => chat.close(),
    identify: (identity) => chat.identify(identity),
    destroy: () => {
      chat.destroy();
      void unmount(app);
    },
  };
};
