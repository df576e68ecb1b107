import { z } from 'zod';

/**
 * How an account is set up, told step by step by whoever knows the provider. In what is copied and in links `{webhook}` stands for
 * the account's webhook address, `{account}` for its id, `{origin}` for the address of the hub.
 */
export const GuideCopy = z.union([
  /** An address that the provider calls: the account's webhook address, and this below it. */
  z.strictObject({ label: z.string().min(1).max(80), hook: z.string().max(50) }),
  z.strictObject({ label: z.string().min(1).max(80), text: z.string().min(1).max(5000) }),
]);
export type GuideCopy = z.infer<typeof GuideCopy>;

export const GuideStep = z.strictObject({
  /** Before: what the form asks for, or can be done meanwhile. After: what needs the account to answer. */
  when: z.enum(['before', 'after']),
  title: z.string().min(1).max(80),
  /** Plain words, a new line for each thing to do. */
  text: z.string().min(1).max(900),
  /** The provider's own page for it, or one of the hub's. */
  link: z.strictObject({ label: z.string().min(1).max(80), url: z.string() }).optional(),
  copy: z.array(GuideCopy).max(6).optional(),
  /** Paths of the settings that are known after this step. */
  gives: z.array(z.string()).max(20).optional(),
});
export type GuideStep = z.infer<typeof GuideStep>;

export const Guide = z.strictObject({
  /** Whose pages the steps are about, as in “At Twilio”. Null: nobody else's. */
  provider: z.string().min(1).max(40).nullable(),
  /** The provider calls from the internet, and no address but one with https. */
  needsHttps: z.boolean(),
  steps: z.array(GuideStep).min(1).max(10),
});
export type Guide = z.infer<typeof Guide>;

export interface GuidePlace {
  readonly id: string;
  readonly webhookUrl: string;
}

/** Text of a guide as it is for one account. */
export const fillGuide = (text: string, { id, webhookUrl }: GuidePlace): string =>
  text
    .replaceAll('{webhook}', webhookUrl)
    .replaceAll('{account}', id)
    .replaceAll('{origin}', new URL(webhookUrl).origin);

export const copyOf = (copy: GuideCopy, place: GuidePlace): string =>
  'hook' in copy ? `${place.webhookUrl}${copy.hook === '' ? '' : `/${copy.hook}`}` : fillGuide(copy.text, place);
