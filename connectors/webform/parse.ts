import type { ContentPart, NormalisedEvent, VerifiedRequest } from '@switchboard/contract';
import { questionsOf, words } from './settings.ts';
import type { FormSettings } from './settings.ts';
import { readSubmission } from './submission.ts';
import type { Submission } from './submission.ts';

/** What was asked besides, a line each. */
const factsOf = (given: Submission, settings: FormSettings): string =>
  [
    [settings.texts['topic'] ?? words.topic, given.topic],
    ...questionsOf(settings).map(({ label }) => [label, given.answers[label] ?? '']),
    [settings.texts['phone'] ?? words.phone, given.phone],
    ['Page', given.page],
  ]
    .filter(([, value]) => value)
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');

/**
 * A ticket for each form that is sent. Who they are is what they say: the address is written to, and nobody is recognised by
 * it. By the token's own part a form that is sent twice is one.
 */
export const parseForm = ({ rawBody, receivedAt }: VerifiedRequest, settings: FormSettings): NormalisedEvent[] => {
  const given = readSubmission(rawBody, settings);
  if (given.website !== '') return [];
  const nonce = given.token.split('.')[1] || given.token;
  const facts = factsOf(given, settings);
  const parts: ContentPart[] = [
    { type: 'text', text: given.message },
    ...(facts ? [{ type: 'text' as const, text: facts }] : []),
  ];
  const contact = { ...(given.name && { name: given.name }), ...(given.email && { email: given.email.toLowerCase() }) };
  const common = {
    thread: { externalId: nonce, shape: 'direct' as const, ...(given.subject && { subject: given.subject }) },
    occurredAt: receivedAt.toISOString(),
    sender: { externalId: nonce, handles: [], ...(given.name && { displayName: given.name }) },
  };
  const agreed = settings.consent !== '' && given.consent;
  return [
    {
      kind: 'message.received',
      dedupeKey: nonce,
      ...common,
      message: { externalId: nonce, parts, ...(Object.keys(contact).length > 0 && { contact }) },
    },
    ...(agreed
      ? [
          {
            kind: 'consent.changed' as const,
            dedupeKey: `${nonce}:consent`,
            ...common,
            consent: 'granted' as const,
            reason: settings.consent.slice(0, 500),
          },
        ]
      : []),
  ];
};
