import { Module } from '@nestjs/common';
import { KeepMedia } from './keep-media.ts';
import { MediaAccess } from './media-access.ts';
import { MediaLinks } from './media-links.ts';
import { MediaController } from './media.controller.ts';
import { SendMedia } from './send-media.ts';
import { UploadMedia } from './upload-media.ts';

@Module({
  controllers: [MediaController],
  providers: [KeepMedia, MediaAccess, MediaLinks, SendMedia, UploadMedia],
  exports: [KeepMedia, MediaAccess, MediaLinks, SendMedia, UploadMedia],
})
export class MediaModule {}
