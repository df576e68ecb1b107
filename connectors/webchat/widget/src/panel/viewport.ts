/**
 * The part of the screen that the on-screen keyboard leaves, for the panel that fills a phone: iOS covers fixed elements with
 * it and scrolls the page behind instead (https://developer.mozilla.org/docs/Web/API/VisualViewport).
 */
export const fitToKeyboard = (panel: HTMLElement): (() => void) => {
  const view = window.visualViewport;
  if (!view) return () => undefined;
  const fit = () => {
    // Pinched larger: the panel stays as it is, to be looked at.
    if (view.scale > 1.01) return;
    panel.style.setProperty('--view-top', `${view.offsetTop}px`);
    panel.style.setProperty('--view-height', `${view.height}px`);
  };
  fit();
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
  return () => {
    view.removeEventListener('resize', fit);
    view.removeEventListener('scroll', fit);
  };
};
