import { z } from 'zod';

export const Role = z.enum(['agent', 'supervisor', 'administrator']);
export type Role = z.infer<typeof Role>;

/** Who did it, as people are shown. */
export const Actor = z.object({
  kind: z.enum(['customer', 'agent', 'system']),
  id: z.string().nullable(),
  name: z.string(),
  avatarUrl: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;
