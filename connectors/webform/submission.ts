import { ConnectorError } from '@switchboard/contract';
import { z } from 'zod';
import { parseJson } from '../kit/read-json.ts';
import { questionsOf, words } from './settings.ts';
import type { FormSettings } from './settings.ts';

const line = (longest: number) => z.string().trim().max(longest).default('');
const Submission = z.object({
  token: z.string().min(1).max(300),
  name: line(200),
  email: z.union([z.literal(''), z.email().max(320)]).default(''),
  phone: line(40),
  subject: line(300),
  topic: line(100),
  message: z.string().trim().min(1).max(20_000),
  answers: z.record(z.string().max(100), line(1000)).default({}),
  consent: z.boolean().default(false),
  /** People don't see it: who fills it in is a program. */
  website: line(1000),
  page: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]).catch(''),
});
export type Submission = z.infer<typeof Submission>;

const refuse = (message: string): never => {
  throw new ConnectorError('rejected', message);
};

/** As it was filled in, or rejected with what is missing, named as on the form. */
export const readSubmission = (rawBody: Buffer, settings: FormSettings): Submission => {
  const parsed = Submission.safeParse(parseJson(rawBody));
  const labels: Record<string, string> = { ...words, ...settings.texts };
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? '');
    return refuse(`Please look at this again: ${labels[field] ?? (field || 'the form')}`);
  }
  const given = parsed.data;
  const needed = (['name', 'email', 'phone', 'subject'] as const).filter((field) => settings[field] === 'required');
  const missing = needed.find((field) => given[field] === '');
  if (missing) return refuse(`Please fill this in: ${labels[missing] ?? missing}`);
  const open = questionsOf(settings).find(({ label, required }) => required && !given.answers[label]);
  if (open) return refuse(`Please fill this in: ${open.label}`);
  if (settings.topics.length > 0 && !settings.topics.includes(given.topic))
    return refuse(`Please fill this in: ${labels['topic']}`);
  if (settings.consent !== '' && !given.consent) return refuse('Please agree before you send it');
  return given;
};
