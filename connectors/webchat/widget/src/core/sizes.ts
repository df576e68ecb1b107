import type { Texts } from './texts.ts';

const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;

export const sizeText = ({ locale }: Texts, bytes: number): string => {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3) - 1));
  const options = { style: 'unit', unit: units[power], maximumFractionDigits: power > 0 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, options).format(Math.max(1, bytes / 1000 ** (power + 1)));
};
