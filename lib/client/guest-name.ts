/** Chosen to be friendly, short, and easy to tell apart when read aloud. */
const MANNERS = [
  'Amber',
  'Brave',
  'Bright',
  'Calm',
  'Clever',
  'Curious',
  'Gentle',
  'Golden',
  'Happy',
  'Keen',
  'Kind',
  'Lively',
  'Merry',
  'Patient',
  'Quick',
  'Quiet',
  'Silver',
  'Steady',
  'Sunny',
  'Swift',
];
const ANIMALS = [
  'Badger',
  'Beaver',
  'Crane',
  'Dolphin',
  'Falcon',
  'Finch',
  'Fox',
  'Hare',
  'Hedgehog',
  'Heron',
  'Ibis',
  'Lynx',
  'Marten',
  'Otter',
  'Owl',
  'Puffin',
  'Robin',
  'Seal',
  'Sparrow',
  'Wren',
];

/** A name for somebody who has not given one, such as "Quiet Heron". `random` is uniform in [0, 1). */
export function guestName(random: () => number): string {
  return `${pick(MANNERS, random)} ${pick(ANIMALS, random)}`;
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? 'Guest';
}
