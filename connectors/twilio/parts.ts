import { ConnectorError } from '@switchboard/contract';
import type { ContentPart } from '@switchboard/contract';
import { fieldOf } from '../kit/form.ts';
import type { FormFields } from '../kit/form.ts';
import { requiredField } from './required-field.ts';

export const mediaParts = (fields: FormFields): ContentPart[] => {
  const count = Number(fieldOf(fields, 'NumMedia') ?? '0');
  if (!Number.isInteger(count) || count < 0 || count > 10)
    throw new ConnectorError('rejected', 'NumMedia is not 0 to 10');
  return Array.from({ length: count }, (_, index) => {
    const source = requiredField(fields, `MediaUrl${index}`);
    const mimeType = fieldOf(fields, `MediaContentType${index}`);
    return { type: 'media', media: { source, ...(mimeType ? { mimeType } : {}) } };
  });
};

/** Where somebody is, as WhatsApp and RCS tell it. */
export const locationParts = (fields: FormFields): ContentPart[] => {
  const [latitude, longitude] = ['Latitude', 'Longitude'].map((name) => Number(fieldOf(fields, name) ?? Number.NaN));
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return [];
  const label = [fieldOf(fields, 'Label'), fieldOf(fields, 'Address')].filter(Boolean).join(', ').slice(0, 500);
  return [{ type: 'location', latitude: latitude as number, longitude: longitude as number, ...(label && { label }) }];
};

/** https://www.twilio.com/docs/messaging/guides/webhook-request: a button of a template, an entry of a list. */
export const choiceParts = (fields: FormFields): ContentPart[] => {
  const id = fieldOf(fields, 'ButtonPayload') ?? fieldOf(fields, 'ListId');
  const label = fieldOf(fields, 'ButtonText') ?? fieldOf(fields, 'ListTitle');
  if (id === undefined && label === undefined) return [];
  const said = label ?? fieldOf(fields, 'Body');
  return [{ type: 'choice', id: (id ?? label ?? '').slice(0, 1000), ...(said && { label: said.slice(0, 2000) }) }];
};
