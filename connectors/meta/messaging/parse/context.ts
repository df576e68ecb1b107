import type { MessageContext } from '@switchboard/contract';
import { known, webUrl } from '../../values.ts';
import { storyUrl } from './parts.ts';
import type { Message, Referral } from './payload.schema.ts';

/** An advertisement, a shop's product, an m.me link: where somebody came from. */
export const referralContext = (referral: Referral | undefined): MessageContext | undefined => {
  if (referral === undefined) return undefined;
  const { ref, ad_id, source, ads_context_data: ad, product, referer_uri } = referral;
  if (ad_id !== undefined || ad !== undefined || source === 'ADS') {
    const url = webUrl(ad?.photo_url ?? ad?.video_url ?? referer_uri);
    return { type: 'advertisement', ...known({ url, title: (ad?.ad_title ?? ref ?? ad_id)?.slice(0, 1000) }) };
  }
  if (product?.id !== undefined) return { type: 'product', title: product.id };
  return { type: 'link', ...known({ url: webUrl(referer_uri), title: ref?.slice(0, 1000) }) };
};

export const contextOf = (message: Message): MessageContext | undefined => {
  const { reply_to, referral, attachments = [] } = message;
  if (reply_to?.story) return { type: 'story-reply', ...known({ url: webUrl(reply_to.story.url) }) };
  if (attachments.some(({ type }) => type === 'story_mention'))
    return { type: 'story-mention', ...known({ url: storyUrl(message) }) };
  return referralContext(referral);
};
