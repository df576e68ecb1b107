type Rgb = readonly [number, number, number];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
};
const print = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const luminance = (rgb: Rgb): number => {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const mix = (from: Rgb, to: Rgb, share: number): Rgb =>
  from.map((part, index) => part + ((to[index] ?? 0) - part) * share) as unknown as Rgb;

/** WCAG AA for text. */
const readable = 4.5;

/** White where it can be read. Where it cannot, black can: no colour is under 4.5 to both. */
export const textOn = (background: string): string =>
  contrast('#ffffff', background) >= readable ? '#ffffff' : '#000000';

/** The colour itself where it can be read on the background, else the nearest shade of it that can. */
export const readableOn = (background: string, colour: string): string => {
  const towards: Rgb = luminance(parse(background)) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  const steps = Array.from({ length: 21 }, (_, step) => print(mix(parse(colour), towards, step / 20)));
  return steps.find((shade) => contrast(shade, background) >= readable) ?? print(towards);
};
