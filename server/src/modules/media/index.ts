export { KeepMedia } from './keep-media.ts';
export { MediaAccess } from './media-access.ts';
export { MediaLinks } from './media-links.ts';
export { MediaModule } from './media.module.ts';
export { sniffType } from './media-type.ts';
export { SendMedia } from './send-media.ts';
export { UploadMedia } from './upload-media.ts';
