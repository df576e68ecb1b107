import MenuIcon from '@lucide/svelte/icons/list-tree';
import QueueIcon from '@lucide/svelte/icons/layers';
import VoicemailIcon from '@lucide/svelte/icons/voicemail';
import NumberIcon from '@lucide/svelte/icons/phone-forwarded';
import HangUpIcon from '@lucide/svelte/icons/phone-off';
import type { MenuNode } from '@switchboard/contract';
import type { Component } from 'svelte';

export const stepIcon: Record<MenuNode['does'], Component<{ size?: number; 'aria-hidden'?: 'true' }>> = {
  menu: MenuIcon,
  queue: QueueIcon,
  voicemail: VoicemailIcon,
  number: NumberIcon,
  'hang-up': HangUpIcon,
};
