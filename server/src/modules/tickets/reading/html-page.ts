import type { ContentPart } from '@switchboard/contract';

interface Options {
  images: boolean;
  theme: 'light' | 'dark';
  /** A link to a file of ours that works without cookies: the page has an origin of its own. */
  link(mediaId: string): string;
}

/**
 * The html part as a page of its own, sanitised by its connector already: no script runs, nothing is fetched from outside unless
 * asked, links open in a new tab. Mails are written for white paper, so the dark theme keeps it.
 */
export function htmlPage(
  parts: readonly ContentPart[],
  { images, theme, link }: Options,
): { html: string; headers: Record<string, string> } | null {
  const part = parts.find(({ type }) => type === 'html');
  if (part?.type !== 'html') return null;
  const inline = new Map(
    parts.flatMap((other) =>
      other.type === 'media' && other.media.contentId !== undefined && other.media.mediaId !== undefined
        ? [[other.media.contentId, other.media.mediaId] as const]
        : [],
    ),
  );
  const body = part.html.replace(/\bcid:([^"'\s)>]+)/g, (whole, contentId: string) => {
    const mediaId = inline.get(decodeURIComponent(contentId));
    return mediaId === undefined ? whole : link(mediaId);
  });
  const sources = images ? "img-src 'self' data: https: http:" : "img-src 'self' data:";
  return {
    html: `<!doctype html><html lang=""><head><meta charset="utf-8"><base target="_blank"><style>${styleOf(theme)}</style></head><body>${body}</body></html>`,
    headers: {
      'content-security-policy': `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; ${sources}; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'`,
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, max-age=300',
    },
  };
}

const styleOf = (theme: Options['theme']): string =>
  `:root{color-scheme:light}body{margin:12px;font:14px/1.45 system-ui,sans-serif;color:#1b1b1f;background:${theme === 'dark' ? '#f4f4f5' : '#fff'};overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}`;
