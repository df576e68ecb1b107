import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { SavedReport, SaveReport } from '../reports.ts';
import { page, paging } from './shared.ts';

/** Reports that are kept, and mailed. */
export const reportsApi = {
  'reports.list': {
    method: 'GET',
    path: '/reports',
    access: 'supervisor',
    summary: 'One’s own saved reports and those that are shared, newest first',
    query: z.object(paging),
    reply: page(SavedReport),
  },
  'reports.create': {
    method: 'POST',
    path: '/reports',
    access: 'supervisor',
    summary: 'Save a report, and have it mailed where it has a schedule',
    body: SaveReport,
    reply: SavedReport,
  },
  'reports.update': {
    method: 'PUT',
    path: '/reports/:id',
    access: 'supervisor',
    summary: 'Change a saved report; of its owner, or of an administrator where it is shared',
    body: SaveReport,
    reply: SavedReport,
  },
  'reports.delete': {
    method: 'DELETE',
    path: '/reports/:id',
    access: 'supervisor',
    summary: 'Delete a saved report',
  },
} as const satisfies Record<string, Endpoint>;
