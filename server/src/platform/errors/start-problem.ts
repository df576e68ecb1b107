/** The hub can't start, and whoever starts it can mend that: printed as it is, without a stack. */
export class StartProblem extends Error {
  override name = 'StartProblem';
}
