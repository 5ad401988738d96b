import { describeFailures } from './failures.ts';

// The hardest case: thirty people in one room, which all three nodes hold and append to.
describeFailures({ affinity: false, rooms: 1, people: 30, wanderers: 0 });
