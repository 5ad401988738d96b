import { setFlagsFromString } from 'node:v8';

/**
 * Three times V8's default: how much of a function has to run, in bytes of bytecode, before the optimising compiler takes it. A
 * server of many functions that each run some hundred times a second otherwise spends more on compiling in its first minute
 * than on the edits; under load the bound is reached within a second all the same. The flag is V8's own and may go: then
 * nothing happens.
 */
const INTERRUPT_BUDGET = 3 * 132 * 1024;

setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
