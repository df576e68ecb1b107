import type { Attachment } from 'svelte/attachments';

const EDGE = 28;
const FAR = 64;

/** A finger that starts at the left edge and moves right goes back. The browser's own gesture, where there is one, wins. */
export function swipeBack(back: () => void): Attachment<HTMLElement> {
  return (element) => {
    let from: { x: number; y: number } | null = null;
    const start = (event: TouchEvent) => {
      const touch = event.touches[0];
      from =
        event.touches.length === 1 && touch && touch.clientX < EDGE ? { x: touch.clientX, y: touch.clientY } : null;
    };
    const end = (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      if (from && touch && touch.clientX - from.x > FAR && Math.abs(touch.clientY - from.y) < FAR) back();
      from = null;
    };
    element.addEventListener('touchstart', start, { passive: true });
    element.addEventListener('touchend', end, { passive: true });
    return () => {
      element.removeEventListener('touchstart', start);
      element.removeEventListener('touchend', end);
    };
  };
}
