export { KeepMedia } from './keep-media.ts';
export { MediaLinks } from './media-links.ts';
export { MediaModule } from './media.module.ts';
export { UploadMedia } from './upload-media.ts';
