import sanitizeHtml from 'sanitize-html';

const maxHtml = 2_000_000;

/** Layout and type, nothing that reaches out (`url()`), covers the page or runs. */
const styleProperty =
  /^(color|background(-color)?|font(-(family|size|style|weight|variant))?|line-height|letter-spacing|text-(align|decoration|indent|transform)|vertical-align|white-space|direction|margin(-(top|right|bottom|left))?|padding(-(top|right|bottom|left))?|border(-(top|right|bottom|left))?(-(color|style|width))?|border-(radius|collapse|spacing)|width|height|(max|min)-(width|height)|list-style(-type)?|display|float|clear)$/;
const styleValue = /^(?!.*(url|expression|image|attr|var|env)\s*\()[^\\@{}<>]*$/i;

const safeStyle = (style: string): string =>
  style
    .split(';')
    .flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      const property = declaration.slice(0, colon).trim().toLowerCase();
      const value = declaration.slice(colon + 1).trim();
      return colon > 0 && styleProperty.test(property) && styleValue.test(value) ? [`${property}:${value}`] : [];
    })
    .join(';');

const withSafeStyle: sanitizeHtml.Transformer = (tagName, attribs) => {
  const { style, ...rest } = attribs;
  const safe = style ? safeStyle(style) : '';
  return { tagName, attribs: safe ? { ...rest, style: safe } : rest };
};

const tags =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr';

const options: sanitizeHtml.IOptions = {
  allowedTags: tags.split(' '),
  allowedAttributes: {
    '*': [
      'style',
      'class',
      'id',
      'dir',
      'lang',
      'title',
      'align',
      'valign',
      'bgcolor',
      'width',
      'height',
      'type',
      'cite',
    ],
    a: ['href', 'name'],
    img: ['src', 'alt'],
    font: ['color', 'face', 'size'],
    table: ['border', 'cellpadding', 'cellspacing'],
    td: ['colspan', 'rowspan', 'nowrap'],
    th: ['colspan', 'rowspan', 'nowrap'],
    ol: ['start'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  // Pictures of the mail itself; whether those of other servers are fetched is asked where the mail is shown.
  allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
  allowProtocolRelative: false,
  nonTextTags: ['style', 'script', 'textarea', 'option', 'noscript', 'title', 'head', 'template'],
  transformTags: { '*': withSafeStyle },
  // `safeStyle` does it, at a tenth of the time of parsing each attribute with postcss.
  parseStyleAttributes: false,
};

const withoutPicturesInside: sanitizeHtml.IOptions = {
  ...options,
  allowedSchemesByTag: { img: ['http', 'https', 'cid'] },
};

/** Safe to show in a sandbox; '' if nothing is left, or if even without pictures written into it it is beyond 2 MB. */
export const sanitiseHtml = (html: string): string => {
  const safe = sanitizeHtml(html, options);
  if (safe.length <= maxHtml) return safe.trim();
  const smaller = sanitizeHtml(html, withoutPicturesInside);
  return smaller.length <= maxHtml ? smaller.trim() : '';
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const htmlFromText = (text: string): string =>
  `<div style="white-space:pre-wrap">${text.slice(0, maxHtml / 6).replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)}</div>`;
