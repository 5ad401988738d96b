/**
 * A reason to stop that a person can act on: `message` is a sentence which says what to do.
 * Whoever catches it prints the message alone; anything else that is thrown is a bug and keeps its stack.
 */
export class Failure extends Error {
  name = 'Failure';
}

/**
 * Runs a command's main function. A `Failure` becomes its sentence on stderr and exit code 1.
 * @param {() => Promise<void>} main
 */
export async function runCommand(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
