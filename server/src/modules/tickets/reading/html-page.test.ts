import { expect, it } from '@jest/globals';
import type { ContentPart } from '@switchboard/contract';
import { htmlPage } from './html-page.ts';

const parts: ContentPart[] = [
  {
    type: 'html',
    html: '<p>Hi <img src="cid:logo@x"> <img src="https://tracker.example/p.gif"> <img src="cid:gone"></p>',
  },
  { type: 'media', media: { source: 'part:1', mediaId: '0190a5d2-6f3e-7d50-9c43-0c5a4f6f7a11', contentId: 'logo@x' } },
];
const page = (images: boolean) => htmlPage(parts, { images, theme: 'light', link: (id) => `/media/${id}?sig=s` });

it('shows the pictures that came with the mail, under links that need no cookie', () => {
  expect(page(false)?.html).toContain('<img src="/media/0190a5d2-6f3e-7d50-9c43-0c5a4f6f7a11?sig=s">');
  expect(page(false)?.html).toContain('src="cid:gone"');
});

it('lets nothing be fetched from outside until asked, and no script ever run', () => {
  const policy = (images: boolean) => page(images)?.headers['content-security-policy'] ?? '';
  expect(policy(false)).toContain("img-src 'self' data:;");
  expect(policy(true)).toContain("img-src 'self' data: https: http:;");
  for (const images of [true, false]) {
    expect(policy(images)).toContain('sandbox allow-popups');
    expect(policy(images)).not.toContain('allow-scripts');
    expect(policy(images)).toContain("default-src 'none'");
  }
});

it('has no page for a message without html', () => {
  expect(htmlPage([{ type: 'text', text: 'x' }], { images: false, theme: 'light', link: String })).toBeNull();
});
