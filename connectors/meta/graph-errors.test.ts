import { describe, expect, it } from '@jest/globals';
import { graphError } from './graph-errors.ts';

describe('what Meta refuses', () => {
  it.each([
    [190, undefined, 401, 'unauthorised', 'The access token has ended or was withdrawn (190)'],
    [10, undefined, 403, 'unauthorised', 'The access token lacks a permission (10)'],
    [10, 2018278, 400, 'rejected', 'The time in which this customer may be answered is over (10/2018278)'],
    [131047, undefined, 400, 'rejected', expect.stringContaining('only a template can be sent now (131047)')],
    [131026, undefined, 400, 'rejected', expect.stringContaining('may not be on WhatsApp')],
    [130429, undefined, 429, 'rate-limited', expect.stringContaining('takes no more messages')],
    [80007, undefined, 400, 'rate-limited', expect.stringContaining('slow down')],
    [131016, undefined, 500, 'temporary', 'WhatsApp is overloaded (131016)'],
    [1, undefined, 500, 'unknown', 'Meta: An unknown error occurred (1)'],
    [100, undefined, 400, 'rejected', 'Meta: An unknown error occurred (100)'],
  ])('%s/%s with status %s is %s', (code, error_subcode, status, kind, words) => {
    const fault = { message: 'An unknown error occurred', code, error_subcode };
    expect(graphError(fault, status, 'write')).toMatchObject({ code: kind, message: words });
  });
});
