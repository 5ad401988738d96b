import { expect, it } from 'vitest';
import { revInAddress } from './moment-link.ts';

it('reads the revision of a link to a moment, and nothing that is none', () => {
  expect(revInAddress('?rev=8912')).toBe(8912);
  for (const search of ['', '?rev=', '?rev=0', '?rev=-1', '?rev=1.5', '?rev=1e9', '?rev=9999999999999999', '?r=1']) {
    expect(revInAddress(search), search).toBeNull();
  }
});
