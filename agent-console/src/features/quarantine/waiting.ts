import { call } from '../../api/client.ts';
import { Resource } from '../../app/resource.svelte.ts';

/** How many items wait for a decision: beside the way to them, so that nobody must go and look. For supervisors. */
export const waiting = new Resource(() => call('quarantine.count'));
