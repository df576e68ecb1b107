/** Which menu of the head or of the selection is open: by click, or by its key. */
class Menus {
  status = $state(false);
  assign = $state(false);
  snooze = $state(false);
  transfer = $state(false);
  bulkAssign = $state(false);
  bulkStatus = $state(false);
  bulkSnooze = $state(false);
}
export const menus = new Menus();
