import { setFlagsFromString } from 'node:v8';

/**
 * A third of V8's default: how much of a function has to run, in bytes of bytecode, before the optimising compiler takes it. What a
 * server does with an edit are hundreds of functions that each run some hundred times a second; with the default most of them run
 * unoptimised for its first half minute, at two to three times the price. The flag is V8's own and may go: then nothing happens.
 */
const INTERRUPT_BUDGET = 40 * 1024;

setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
