import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { textToHtml } from './drafts.ts';
import { slashWord } from './compose.ts';

export type Mark = 'bold' | 'italic' | 'bulletList' | 'orderedList' | 'blockquote' | 'link';

interface Options {
  element: HTMLElement;
  content: string;
  label: string;
  onchange: (html: string) => void;
  /** Asked before the editor itself; true: it was meant for somebody else. */
  onkey: (event: KeyboardEvent) => boolean;
  /** After every change of words or caret. */
  onlook: (word: string | null, marks: ReadonlySet<Mark>) => void;
}

/** Only what every mail reader shows: bold, italic, lists, quotes, links. Loaded when the first such reply is written. */
export function richEditor({ element, content, label, onchange, onkey, onlook }: Options): Editor {
  const look = (editor: Editor) => {
    const marks = ['bold', 'italic', 'bulletList', 'orderedList', 'blockquote', 'link'] as const;
    onlook(slashWord(wordsBefore(editor)), new Set(marks.filter((mark) => editor.isActive(mark))));
  };
  return new Editor({
    element,
    content,
    extensions: [
      StarterKit.configure({
        heading: false,
        codeBlock: false,
        code: false,
        horizontalRule: false,
        strike: false,
        underline: false,
        link: { openOnClick: false, autolink: true, protocols: ['http', 'https', 'mailto'] },
      }),
    ],
    editorProps: {
      attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' },
      handleKeyDown: (_, event) => onkey(event),
    },
    // The page's policy allows no inline style sheets; the few rules that it needs are in RichEditor.svelte.
    injectCSS: false,
    onUpdate: ({ editor }) => {
      onchange(editor.isEmpty ? '' : editor.getHTML());
      look(editor);
    },
    onSelectionUpdate: ({ editor }) => look(editor),
  });
}

/** The words of the line before the caret. */
const wordsBefore = ({ state }: Editor): string => {
  const { $from } = state.selection;
  return $from.parent.textBetween(0, $from.parentOffset, '\n', ' ');
};

/** Types the slash that brings the canned replies. */
export function insertSlash(editor: Editor): void {
  editor
    .chain()
    .focus()
    .insertContent(/\S$/.test(wordsBefore(editor)) ? ' /' : '/')
    .run();
}

/** Puts words at the caret, in place of a `/word` before it. */
export function insertWords(editor: Editor, text: string): void {
  const { from } = editor.state.selection;
  const word = slashWord(wordsBefore(editor));
  const chain = editor.chain().focus();
  if (word !== null) chain.deleteRange({ from: from - word.length - 1, to: from });
  // A single paragraph joins the line; several stand on their own.
  chain.insertContent(text.includes('\n') ? textToHtml(text) : text).run();
}

export function toggle(editor: Editor, mark: Exclude<Mark, 'link'>): void {
  const chain = editor.chain().focus();
  const steps = {
    bold: () => chain.toggleBold(),
    italic: () => chain.toggleItalic(),
    bulletList: () => chain.toggleBulletList(),
    orderedList: () => chain.toggleOrderedList(),
    blockquote: () => chain.toggleBlockquote(),
  };
  steps[mark]().run();
}

export function setLink(editor: Editor, address: string): void {
  const chain = editor.chain().focus().extendMarkRange('link');
  const bare = address.trim();
  if (!bare) chain.unsetLink().run();
  else {
    const href = /^(?:https?:|mailto:)/i.test(bare) ? bare : bare.includes('@') ? `mailto:${bare}` : `https://${bare}`;
    const { empty } = editor.state.selection;
    if (empty && !editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: bare, marks: [{ type: 'link', attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
  }
}
