import type { Party } from './model';
import type { SeededRandom } from './random';

/** People who call the office. The numbers come from ranges that regulators keep free for fiction. */
const names = [
  'Harper & Sons',
  'Delphine Roux',
  'North Quay Motors',
  'Ibrahim Yilmaz',
  'J. Castellanos',
  'Bright Lane School',
  'Mrs Whitfield',
  'Kaur Electrical',
  'Anton Berger',
  'Seaside Hotel',
  'Wanjiru Kamau',
  'Oakfield Surgery',
  'L. Moreau',
  'Taylor Fabrications',
  'Mikkel Sørensen',
  'City Transport',
  'Dr. Ellen Voss',
  'Paulo Teixeira',
  'Greenway Farm',
  '',
  '',
  '',
];

const prefixes = ['01632960', '02079460', '07700900', '01184960', '01144960'];

export function outsideNumber(random: SeededRandom): string {
  return `${random.pick(prefixes) ?? '01632960'}${random.between(500, 999)}`;
}

export function outsideCaller(random: SeededRandom): Party {
  return { num: random.chance(0.04) ? '' : outsideNumber(random), name: random.pick(names) ?? '' };
}
