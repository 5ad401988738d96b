import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/index.ts';
import { reporter } from './report.ts';

describe('reporter', () => {
  it('hands errors to the environment if it wants them', () => {
    const heard: unknown[] = [];
    reporter({ after: new ManualClock().after, report: (error) => heard.push(error) })('fault');
    expect(heard).toEqual(['fault']);
  });

  it('else throws them a moment later, where nothing of ours is interrupted', () => {
    const clock = new ManualClock();
    const error = new Error('a screen has a fault');
    reporter({ after: clock.after })(error);
    expect(() => clock.advance(1)).toThrow(error);
  });
});
