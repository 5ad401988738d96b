export type { SeededRandom } from './seeded-random.ts';
export { seededRandom } from './seeded-random.ts';
export { cpuMs } from './cpu-ms.ts';
export { ManualClock } from './manual-clock.ts';
export { compactSocket } from './compact-socket.ts';
export { FakeNetwork } from './fake-network.ts';
export { FakeServer } from './fake-server.ts';
export { FakeWire } from './fake-wire.ts';
export { FakeDevice, FakeJournal, type DeviceMode } from './fake-journal.ts';
