import { z } from 'zod';

const Presence = z.enum(['off', 'optional', 'required']);
const Words = (longest: number) => z.string().trim().min(1).max(longest);

export const FormSettings = z.object({
  title: z.string().max(120).default('Write to us').meta({ title: 'Title' }),
  intro: z.string().max(1000).default('').meta({ title: 'Text below the title' }),
  name: Presence.default('optional').meta({ title: 'Ask for the name' }),
  email: Presence.default('required').meta({
    title: 'Ask for the e-mail address',
    description: 'Answers go there, over your first e-mail account. Without an address nobody can be answered.',
  }),
  phone: Presence.default('off').meta({ title: 'Ask for the phone number' }),
  subject: Presence.default('optional').meta({ title: 'Ask for a subject' }),
  topics: z
    .array(Words(100))
    .max(50)
    .default([])
    .meta({ title: 'Topics to choose from', description: 'None: not asked.' }),
  questions: z.array(Words(100)).max(20).default([]).meta({
    title: 'Further questions',
    description: 'One line each, such as “Order number”. With a * at the end it must be answered.',
  }),
  consent: z.string().max(1000).default('').meta({
    title: 'Consent',
    description: 'What people agree to, such as “I have read the privacy notice.” Empty: not asked.',
  }),
  consentUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional()
    .meta({ title: 'Address of your privacy notice' }),
  button: z.string().min(1).max(60).default('Send').meta({ title: 'On the button' }),
  thanks: z.string().min(1).max(1000).default('Thank you. We have your message, and will answer soon.').meta({ title: 'Shown after sending' }), // prettier-ignore
  allowedOrigins: z
    .array(z.string().regex(/^https?:\/\/(\*\.)?[\w.-]+(:\d+)?$/, 'Such as https://shop.example, without a path'))
    .max(100)
    .default([])
    .meta({
      title: 'Your websites',
      description: 'Where the form may stand, such as https://shop.example. None: anywhere.',
    }),
  texts: z.record(z.string().max(40), z.string().max(300)).default({}).meta({
    title: 'Other words',
    description: 'For name, email, phone, subject, topic, message, choose, optional, failed and again.',
  }),
});
export type FormSettings = z.infer<typeof FormSettings>;

export const words = {
  name: 'Your name',
  email: 'Your e-mail address',
  phone: 'Your phone number',
  subject: 'Subject',
  topic: 'Topic',
  message: 'Your message',
  choose: 'Please choose',
  optional: 'optional',
  failed: 'Your message could not be sent. Nothing is lost: please try again.',
  again: 'Write another message',
};

/** A question that must be answered ends in a star, which is not asked. */
export const questionsOf = ({ questions }: Pick<FormSettings, 'questions'>): { label: string; required: boolean }[] =>
  questions.map((question) => ({
    label: question.replace(/\s*\*$/, ''),
    required: question.endsWith('*'),
  }));
