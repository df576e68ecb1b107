import type { Mark } from './rich-editor.ts';

/** Formats at the caret of a rich editor, and the ways to change them. */
export interface Format {
  readonly marks: ReadonlySet<Mark>;
  toggle(mark: Exclude<Mark, 'link'>): void;
  /** '' takes the link away. */
  setLink(address: string): void;
  linkAt(): string;
}

/** What the composer needs of an editor, plain or rich. */
export interface Editor {
  focus(): void;
  /** Puts words at the caret, in place of a `/word` before it. */
  insert(text: string): void;
  /** Types the slash that brings the canned replies. */
  insertSlash(): void;
}
