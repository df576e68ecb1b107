import { createContext } from 'svelte';

/** What a Field tells the input inside it. */
export interface FieldContext {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
}
const [get, set, has] = createContext<() => FieldContext>();
export const setField = set;

interface FieldAttributes {
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: 'true' | undefined;
  'aria-required'?: 'true' | undefined;
}

/** The attributes that tie an input to the Field around it; none when it stands alone and brings its own aria-label. */
export function fieldAttributes(): () => FieldAttributes {
  if (!has()) return () => ({});
  const field = get();
  return () => {
    const { id, describedBy, invalid, required } = field();
    return {
      id,
      'aria-describedby': describedBy,
      'aria-invalid': invalid ? 'true' : undefined,
      'aria-required': required ? 'true' : undefined,
    };
  };
}
