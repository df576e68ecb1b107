import type { ContentPart, EntryView, MessageEntry } from '@switchboard/contract';

/** The words of a message, for copying and for readers; pictures and files by their names. */
export function wordsOf(entry: Pick<MessageEntry, 'parts'>): string {
  return entry.parts.map(wordsOfPart).filter(Boolean).join('\n');
}
function wordsOfPart(part: ContentPart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'media':
      return [part.media.fileName, part.caption].filter(Boolean).join(': ');
    case 'location':
      return part.label ?? `${part.latitude}, ${part.longitude}`;
    case 'choices':
      return [part.prompt, ...part.choices.map((choice) => choice.label)].join('\n');
    case 'choice':
      return part.label ?? part.id;
    case 'template':
      return part.text ?? part.name;
    case 'contact':
      return [part.name, ...part.phones, ...part.emails].join('\n');
    case 'html':
      return '';
  }
}

export function lastInbound(entries: readonly EntryView[]): MessageEntry | undefined {
  return entries.findLast((entry): entry is MessageEntry => entry.type === 'message' && entry.direction === 'in');
}
