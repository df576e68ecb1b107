/** Twice the largest avatar, for dense screens. */
const SIDE = 256;

/** The middle of a picture as a small square: no camera's data goes along, and no phone's 10 MB. Rejects what is no picture. */
export async function squarePicture(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file);
  const side = Math.min(image.width, image.height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser can’t draw');
  context.imageSmoothingQuality = 'high';
  const from = [(image.width - side) / 2, (image.height - side) / 2] as const;
  context.drawImage(image, ...from, side, side, 0, 0, SIDE, SIDE);
  image.close();
  // A browser that can't write WebP writes PNG: the hub takes both.
  const written = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.9));
  if (written === null) throw new Error('The picture could not be written');
  return written;
}
