import { markup, type Markup } from './markup.ts';

/** One stroke path each, drawn on a 24 grid. The word always stands beside the icon, so it stays hidden from readers aloud. */
const paths = {
  again: 'M19 12a7 7 0 11-2.500-5.400M17 3v4h-4',
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 17V11a6 6 0 0112 0v6l1.500 1.500h-15zM10 21h4',
  board: 'M3 4h18v12H3zM8 16v5M16 16v5M7 8h10M7 12h6',
  book: 'M5 4h12a2 2 0 012 2v14H7a2 2 0 01-2-2zM5 18a2 2 0 012-2h12',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8 3.500V8M16 3.500V8M8 14.500h3',
  camera: 'M4 7h4l2-3h4l2 3h4v12H4zM12 9.500a3.500 3.500 0 110 7 3.500 3.500 0 010-7z',
  chain: 'M9.500 14.500l5-5M8 11l-2.500 2.500a3.600 3.600 0 005 5L13 16M16 13l2.500-2.500a3.600 3.600 0 00-5-5L11 8',
  check: 'M4 4h16v16H4zM8 12l3 3 5.500-6',
  circle: 'M12 5a7 7 0 100 14 7 7 0 000-14z',
  clock: 'M12 4a8 8 0 110 16 8 8 0 010-16zM12 8v4.500l3 2',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 4v15M5.500 13L12 19.500 18.500 13',
  eye: 'M2.500 12C5 7.500 8 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.500 6.500-9.500 6.500S5 16.500 2.500 12zM12 9.500a2.500 2.500 0 110 5 2.500 2.500 0 010-5z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  flag: 'M6 21V4M6 5h12l-3 4 3 4H6',
  half: 'M12 5a7 7 0 100 14 7 7 0 000-14zM12 5v14M14.5 6.5v11M17 8.5v7',
  home: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  house: 'M4 11l8-7 8 7v9H4zM9.500 11.500h5v4h-5z',
  info: 'M12 4a8 8 0 110 16 8 8 0 010-16zM12 11v5M12 8v.2',
  large: 'M3 19L9 5l6 14M5 14.500h8M15.500 19l3-7 3 7M16.500 17h4',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3',
  map: 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  next: 'M9 5l7 7-7 7',
  nobody: 'M4 11l8-7 8 7v9H4zM9 13l6 5M15 13l-6 5',
  out: 'M13 4H5v16h8M10 12h10M16.500 8l4 4-4 4',
  pen: 'M4 20l1-5L16 4l4 4L9 19z',
  people: 'M9 5a3.500 3.500 0 110 7 3.500 3.500 0 010-7zM2.500 20c.7-4 3-6 6.500-6s5.800 2 6.500 6M15.500 5.500a3.300 3.300 0 010 6.300M17.500 14.500c2.300.7 3.600 2.600 4 5.500',
  person: 'M12 4a4 4 0 110 8 4 4 0 010-8zM4 21c1-5 4-6.5 8-6.5s7 1.500 8 6.500',
  place: 'M12 21c-4-5-6.500-8-6.500-11a6.500 6.500 0 0113 0c0 3-2.500 6-6.500 11zM12 8a2 2 0 110 4 2 2 0 010-4z',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z',
  search: 'M10.500 4a6.500 6.500 0 110 13 6.500 6.500 0 010-13zM15.500 15.500L21 21',
  sound: 'M4 9v6h4l6 5V4L8 9zM17.500 8.500a5 5 0 010 7',
  star: 'M12 4l2.500 5.300 5.500.8-4 4 1 5.700-5-2.800-5 2.800 1-5.700-4-4 5.500-.8z',
  tablet: 'M6 3h12v18H6zM11 18h2',
  tick: 'M4 12.5l5.5 5.5L20 6.5',
  triangle: 'M12 4L2.5 20.5h19zM12 10v5M12 17.8v.2',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 010 12h-4',
  up: 'M12 20V5M5.5 11L12 4.5 18.5 11',
} as const;

export type IconName = keyof typeof paths;
export const iconNames = Object.keys(paths) as readonly IconName[];

const drawn = new Map<string, Markup>(Object.entries(paths).map(([name, path]) =>
  [name, markup(`<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`)]));

/** The inline SVG of an icon; an unknown name is a bug in a view. */
export function icon(name: string): Markup {
  const svg = drawn.get(name);
  if (svg === undefined) throw new Error(`no icon is called ${name}`);
  return svg;
}
