/** What the composer needs of an editor, plain or rich. */
export interface Editor {
  focus(): void;
  /** Puts words at the caret, in place of a `/word` before it. */
  insert(text: string): void;
  /** Types the slash that brings the canned replies. */
  insertSlash(): void;
}
