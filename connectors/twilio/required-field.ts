import { ConnectorError } from '@switchboard/contract';
import { fieldOf } from '../kit/form.ts';
import type { FormFields } from '../kit/form.ts';

export const requiredField = (fields: FormFields, name: string): string => {
  const value = fieldOf(fields, name);
  if (value === undefined) throw new ConnectorError('rejected', `${name} is missing`);
  return value;
};
