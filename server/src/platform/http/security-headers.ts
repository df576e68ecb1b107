const policy = {
  'default-src': "'self'",
  // Pictures that are pasted or drawn live in memory until they are handed in.
  'img-src': "'self' data: blob:",
  'media-src': "'self' blob:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};
const connections = ["'self'"];
/** Where pages may connect to besides; said before the first request. */
export const allowConnections = (origins: readonly string[]): void => void connections.push(...origins);
const pagePolicy = (): string =>
  Object.entries({ ...policy, 'connect-src': connections.join(' ') })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** Headers of every answer; a route that sets one itself keeps its own. */
export function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'content-security-policy': pagePolicy(),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self)',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
}
