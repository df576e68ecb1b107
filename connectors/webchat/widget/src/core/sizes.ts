import type { Texts } from './texts.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

export const sizeText = ({ locale }: Texts, bytes: number): string => {
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)));
  const unit = units[power] ?? 'byte';
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: power > 1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** power);
};
