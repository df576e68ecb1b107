import { call } from '../../api/client.ts';
import { Resource } from '../../app/resource.svelte.ts';

/** What is wrong with the centre now. For supervisors. */
export const alarms = new Resource(() => call('alarms.list'));
