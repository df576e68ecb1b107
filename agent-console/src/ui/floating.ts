export type Placement = 'bottom-start' | 'bottom-end' | 'bottom' | 'top' | 'top-start' | 'top-end' | 'right';

const GAP = 6;
const EDGE = 8;

/** Where a box of this size goes beside its anchor: the wanted side, the other one if there is no room, never off screen. Pure. */
export function place(
  anchor: Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom' | 'width' | 'height'>,
  box: { width: number; height: number },
  screen: { width: number; height: number },
  placement: Placement,
): { left: number; top: number } {
  const [side, align = 'center'] = placement.split('-');
  if (side === 'right') {
    const fits = anchor.right + GAP + box.width <= screen.width - EDGE;
    const left = fits ? anchor.right + GAP : anchor.left - GAP - box.width;
    return inside({ left, top: anchor.top + (anchor.height - box.height) / 2 }, box, screen);
  }
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - box.height;
  const fitsBelow = below + box.height <= screen.height - EDGE;
  const fitsAbove = above >= EDGE;
  const top = side === 'top' ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above;
  const left =
    align === 'start'
      ? anchor.left
      : align === 'end'
        ? anchor.right - box.width
        : anchor.left + (anchor.width - box.width) / 2;
  return inside({ left, top }, box, screen);
}

function inside(
  at: { left: number; top: number },
  box: { width: number; height: number },
  screen: { width: number; height: number },
) {
  return {
    left: Math.max(EDGE, Math.min(at.left, screen.width - box.width - EDGE)),
    top: Math.max(EDGE, Math.min(at.top, screen.height - box.height - EDGE)),
  };
}

/** Keeps a floating box beside its anchor while either changes size or something scrolls. Returns the way to stop. */
export function stick(box: HTMLElement, anchor: Element, placement: Placement): () => void {
  const put = () => {
    const at = place(
      anchor.getBoundingClientRect(),
      box.getBoundingClientRect(),
      { width: innerWidth, height: innerHeight },
      placement,
    );
    box.style.left = `${Math.round(at.left)}px`;
    box.style.top = `${Math.round(at.top)}px`;
  };
  put();
  const sizes = new ResizeObserver(put);
  sizes.observe(box);
  sizes.observe(anchor);
  addEventListener('scroll', put, { capture: true, passive: true });
  addEventListener('resize', put);
  return () => {
    sizes.disconnect();
    removeEventListener('scroll', put, { capture: true });
    removeEventListener('resize', put);
  };
}
