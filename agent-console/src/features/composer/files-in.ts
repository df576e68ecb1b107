import type { Attachment } from 'svelte/attachments';

interface FilesIn {
  /** Would files be taken now? */
  takes(): boolean;
  add(files: File[]): void;
  /** Files hang over it. */
  over(over: boolean): void;
}

/** Files that are dropped or pasted onto an element. Those who use neither have the attach button. */
export function filesIn({ takes, add, over }: FilesIn): Attachment<HTMLElement> {
  const filesOf = (data: DataTransfer | null) => [...(data?.files ?? [])];
  return (element) => {
    const dragover = (event: DragEvent) => {
      if (!takes() || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      over(true);
    };
    const dragleave = () => over(false);
    const drop = (event: DragEvent) => {
      over(false);
      if (!takes()) return;
      event.preventDefault();
      add(filesOf(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData);
      if (files.length === 0 || !takes()) return;
      event.preventDefault();
      add(files);
    };
    element.addEventListener('dragover', dragover);
    element.addEventListener('dragleave', dragleave);
    element.addEventListener('drop', drop);
    // Before the editor: it would take a pasted picture's name as words.
    element.addEventListener('paste', paste, { capture: true });
    return () => {
      element.removeEventListener('dragover', dragover);
      element.removeEventListener('dragleave', dragleave);
      element.removeEventListener('drop', drop);
      element.removeEventListener('paste', paste, { capture: true });
    };
  };
}
