import type { ActionGroup, Findable, PlaceGroup } from './action.ts';
import { FITS, match, type Fit, type Range } from './match.ts';

export type SectionName = 'recent' | 'actions' | ActionGroup | PlaceGroup;

export interface Row {
  one: Findable;
  /** What the query matched, in units of its words. */
  ranges: readonly Range[];
}

export interface Section {
  name: SectionName;
  rows: readonly Row[];
}

const ACTION_GROUPS: readonly ActionGroup[] = ['room', 'text', 'people', 'look', 'help'];
const SECTIONS: readonly SectionName[] = ['actions', 'headings', 'persons', 'rooms', 'languages'];

/** Rows of one section while several are shown. */
const MOST: Partial<Record<SectionName, number>> = { actions: 8, headings: 5, persons: 5, rooms: 5, languages: 5 };
/** Rows of one section alone: more than anybody reads before typing another letter. */
const MOST_ALONE = 60;

/** With these first, only one kind of thing is looked for. */
const PREFIXES: Readonly<Record<string, PlaceGroup>> = { '#': 'headings', '@': 'persons' };

/**
 * What the query finds among `all`, in sections. Nothing typed: the recent actions (`recent`: ids, newest first), then all
 * of them by group. Else the best matches, the section with the best of all first; `#` and `@` in front look for headings
 * and people only. Equal matches stand in the order of `all`, recent ones before.
 */
export function find(query: string, all: readonly Findable[], recent: readonly string[]): Section[] {
  const typed = query.trim();
  if (typed === '') return overview(all, recent);
  const only = PREFIXES[typed.charAt(0)];
  if (only !== undefined) {
    const section = sectionOf(only, typed.slice(1), all, recent, MOST_ALONE);
    return section === null ? [] : [section.section];
  }
  const found = SECTIONS.map((name) => sectionOf(name, typed, all, recent, MOST[name] ?? MOST_ALONE)).filter(
    (section) => section !== null,
  );
  // Scattered letters are a last resort: they are shown, but never before what was really meant.
  return found.sort((a, b) => a.best - b.best).map(({ section }) => section);
}

function overview(all: readonly Findable[], recent: readonly string[]): Section[] {
  const rows = (these: readonly Findable[]) => these.map((one) => ({ one, ranges: [] }));
  const again = recent.map((id) => all.find((one) => one.id === id)).filter((one) => one !== undefined);
  return [
    { name: 'recent' as const, rows: rows(again) },
    ...ACTION_GROUPS.map((name) => ({
      name,
      rows: rows(all.filter((one) => one.group === name && !again.includes(one))),
    })),
  ].filter(({ rows: some }) => some.length > 0);
}

function sectionOf(
  name: SectionName,
  query: string,
  all: readonly Findable[],
  recent: readonly string[],
  most: number,
): { section: Section; best: Fit } | null {
  const rows = all
    .filter(({ group }) => (name === 'actions' ? ACTION_GROUPS.some((one) => one === group) : group === name))
    .map((one) => ({ one, found: match(query, one.words) }))
    // There are so many that some have any letters in any order.
    .filter(({ found }) => name !== 'languages' || (found?.fit ?? FITS.letters) < FITS.letters)
    .filter((row): row is { one: Findable; found: NonNullable<typeof row.found> } => row.found !== null)
    .sort((a, b) => a.found.fit - b.found.fit || rank(a.one, recent) - rank(b.one, recent))
    .slice(0, most);
  const best = rows[0]?.found.fit ?? FITS.letters;
  if (rows.length === 0) return null;
  return { section: { name, rows: rows.map(({ one, found }) => ({ one, ranges: found.ranges })) }, best };
}

function rank({ id }: Findable, recent: readonly string[]): number {
  const at = recent.indexOf(id);
  return at < 0 ? recent.length : at;
}
