import type { ContentPart } from '@switchboard/contract';

/** What a part says in words, beside its file or buttons; null: nothing. */
export const partText = (part: ContentPart): string | null => {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'choices':
      return part.prompt;
    case 'choice':
      return part.label ?? part.id;
    case 'location':
      return part.label ?? `${part.latitude}, ${part.longitude}`;
    case 'template':
      return part.text ?? Object.values(part.variables).join('\n');
    case 'contact':
      return [part.name, ...part.phones, ...part.emails].join('\n');
    case 'media':
      return part.caption ?? null;
    // The hub keeps it back: it only says again what the text says.
    case 'html':
      return null;
  }
};
