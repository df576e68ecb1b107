import { z } from 'zod';

/** What a provider gave to the hub when an administrator installed it there. Kept encrypted, never sent to a browser. */
export const Grant = z.object({
  accessToken: z.string().min(1).max(4000),
  /** Where tokens rotate. */
  refreshToken: z.string().min(1).max(4000).optional(),
  expiresAt: z.iso.datetime().optional(),
  /** Where it was installed: a workspace, a page. */
  holder: z.object({ id: z.string().min(1).max(200), name: z.string().min(1).max(500) }),
  scopes: z.array(z.string().max(200)).max(200),
});
export type Grant = z.infer<typeof Grant>;

/** Installing at the provider by OAuth 2. */
export interface Install {
  /** Where the administrator is sent to. */
  authoriseUrl(ask: { readonly state: string; readonly redirectUrl: string }): string;
  /** Throws ConnectorErrors. */
  exchange(answer: { readonly code: string; readonly redirectUrl: string }): Promise<Grant>;
  /** Another one before this one ends; where tokens rotate. */
  refresh?(grant: Grant): Promise<Grant>;
}

/** How it is offered. */
export interface InstallKind {
  /** The button's words. */
  readonly title: string;
  /** What the hub asks for, and what for. */
  readonly scopes: readonly { readonly name: string; readonly purpose: string }[];
  /** Settings that have to be there first. */
  readonly needs: readonly string[];
}
