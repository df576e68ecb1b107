/**
 * A page's style-src does not apply to adopted sheets. A style element, for browsers without them, needs the page to allow it.
 * The answer replaces the sheet's text.
 */
export const adoptStyles = (root: ShadowRoot, css: string): ((css: string) => void) => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return (fresh) => sheet.replaceSync(fresh);
  } catch {
    const element = document.createElement('style');
    element.textContent = css;
    root.append(element);
    return (fresh) => (element.textContent = fresh);
  }
};
