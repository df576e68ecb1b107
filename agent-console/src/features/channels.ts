import type { ChannelKind } from '@switchboard/contract';
import type { Component } from 'svelte';
import FormIcon from '@lucide/svelte/icons/clipboard-list';
import EmailIcon from '@lucide/svelte/icons/mail';
import WebchatIcon from '@lucide/svelte/icons/message-circle';
import MessengerIcon from '@lucide/svelte/icons/message-circle-heart';
import WhatsappIcon from '@lucide/svelte/icons/message-circle-more';
import SlackIcon from '@lucide/svelte/icons/hash';
import InstagramIcon from '@lucide/svelte/icons/camera';
import VoiceIcon from '@lucide/svelte/icons/phone';
import ApiIcon from '@lucide/svelte/icons/plug';
import TelegramIcon from '@lucide/svelte/icons/send';
import SmsIcon from '@lucide/svelte/icons/smartphone';

/** How a channel looks and what it is called: the one place where the console names channels. */
const channels: Record<ChannelKind, { icon: Component; name: string }> = {
  voice: { icon: VoiceIcon, name: 'Phone' },
  sms: { icon: SmsIcon, name: 'SMS' },
  whatsapp: { icon: WhatsappIcon, name: 'WhatsApp' },
  email: { icon: EmailIcon, name: 'E-mail' },
  slack: { icon: SlackIcon, name: 'Slack' },
  webchat: { icon: WebchatIcon, name: 'Chat' },
  messenger: { icon: MessengerIcon, name: 'Messenger' },
  instagram: { icon: InstagramIcon, name: 'Instagram' },
  telegram: { icon: TelegramIcon, name: 'Telegram' },
  form: { icon: FormIcon, name: 'Web form' },
  api: { icon: ApiIcon, name: 'API' },
};
export const channelIcon = (channel: ChannelKind): Component => channels[channel].icon;
export const channelName = (channel: ChannelKind): string => channels[channel].name;
