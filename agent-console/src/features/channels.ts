import { channelNames, type ChannelKind } from '@switchboard/contract';
import type { Component } from 'svelte';
import FormIcon from '@lucide/svelte/icons/clipboard-list';
import EmailIcon from '@lucide/svelte/icons/mail';
import WebchatIcon from '@lucide/svelte/icons/message-circle';
import OtherIcon from '@lucide/svelte/icons/message-square';
import MessengerIcon from '@lucide/svelte/icons/message-circle-heart';
import WhatsappIcon from '@lucide/svelte/icons/message-circle-more';
import SlackIcon from '@lucide/svelte/icons/hash';
import InstagramIcon from '@lucide/svelte/icons/camera';
import VoiceIcon from '@lucide/svelte/icons/phone';
import ApiIcon from '@lucide/svelte/icons/plug';
import TelegramIcon from '@lucide/svelte/icons/send';
import SmsIcon from '@lucide/svelte/icons/smartphone';

/** How a channel looks; one that has no picture of its own looks like any conversation. */
const icons: Partial<Record<ChannelKind, Component>> = {
  voice: VoiceIcon,
  sms: SmsIcon,
  whatsapp: WhatsappIcon,
  email: EmailIcon,
  slack: SlackIcon,
  webchat: WebchatIcon,
  messenger: MessengerIcon,
  instagram: InstagramIcon,
  telegram: TelegramIcon,
  form: FormIcon,
  api: ApiIcon,
};
export const channelIcon = (channel: ChannelKind): Component => icons[channel] ?? OtherIcon;
export const channelName = (channel: ChannelKind): string => channelNames[channel];
