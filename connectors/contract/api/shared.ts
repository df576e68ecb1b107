import { z } from 'zod';

/** Every list is paged by key: give the last `next` back as `cursor`; null ends. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
export const paging = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const Password = z.string().min(10, 'At least 10 characters').max(200);
export const Email = z.email().max(320).toLowerCase();
export const Name = z.string().trim().min(1).max(100);
