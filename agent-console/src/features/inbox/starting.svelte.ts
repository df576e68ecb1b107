/** Is the dialog for a new conversation open? Asked for by a button, a key and the palette. */
class Starting {
  open = $state(false);
}
export const starting = new Starting();
