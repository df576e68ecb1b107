/** Ends the run with the plain line that people and machines look for: `N passed, N failed`, and what was skipped. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that could not even be loaded is a failure that no test counts.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const missing = process.env.TEST_SERVICES_MISSING;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    // Jest's own summary comes after its reporters; this line is to be the last.
    process.once('exit', () => {
      if (missing) process.stdout.write(`Skipped, because it can't be had here: ${missing}\n`);
      process.stdout.write(line);
    });
  }
}
