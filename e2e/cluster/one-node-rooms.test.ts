import { describeFailures } from './failures.ts';

// Thirty people: five in each of six rooms.
describeFailures({ affinity: true, rooms: 5, people: 5, wanderers: 5 });
