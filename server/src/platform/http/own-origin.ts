/** Is the page that asks one of ours? Without an Origin header it is no browser's page. */
export function ownOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true;
  return origin === new URL(publicUrl).origin || origin.replace(/^https?:\/\//, '') === host;
}
