// Icons: strokes on a 24-pixel square, drawn by the DOM in the colour of the text.

import { s } from './dom.js';

const PATHS = {
  create: 'M12 4v16M4 12h16',
  library: 'M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z',
  train: 'M4 19V5M4 19h16M7 15l4-5 3 3 5-7',
  models: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  queue: 'M4 6h16M4 12h16M4 18h10',
  help: 'M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17.5v.5M12 3a9 9 0 1 0 .01 0z',
  theme: 'M12 3a9 9 0 1 0 .01 0zM12 3v18a9 9 0 0 0 0-18z',
  language: 'M4 6h10M9 4v2M12 6c-1 4-4 7-8 8M6 9c1 3 4 5 7 6M12 20l4-9 4 9M13.5 17h5',
  pixels: 'M4 4h16v16H4zM4 12h16M12 4v16',
  command: 'M9 9h6v6H9zM9 9V6.5A2.5 2.5 0 1 0 6.500 9H9M15 9h2.500A2.500 2.500 0 1 0 15 6.500V9M15 15v2.500A2.500 2.500 0 1 0 17.500 15H15M9 15H6.500A2.500 2.500 0 1 0 9 17.500V15',
  subtle: 'M4 14c2-5 5-5 8 0s6 5 8 0',
  strong: 'M3 15l4-9 5 13 5-13 4 9',
  reroll: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  remix: 'M4 7h4l8 10h4M4 17h4l2-2.500M14 9.500L16 7h4M18 5l2 2-2 2M18 15l2 2-2 2',
  enlarge: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
  like: 'M12 20S4 15 4 9.500A4 4 0 0 1 12 8a4 4 0 0 1 8 1.500C20 15 12 20 12 20z',
  folder: 'M3 6h6l2 2h10v11H3z',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  info: 'M12 11v6M12 7.500v.5M12 3a9 9 0 1 0 .01 0z',
  brush: 'M20 4L9 15M9 15c-3 0-3 4-6 4 1.500 1.500 7 2 8-2zM9 15l2 2',
  eraser: 'M8 20h12M4 15l9-10 7 6-8 9H8z',
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 11h-4',
  redo: 'M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 11h4',
  invert: 'M4 4h16v16H4zM4 20L20 4M8 8h4M10 6v4M13 16h4',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  clear: 'M4 4h16v16H4zM9 9l6 6M15 9l-6 6',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 5l12 7-12 7z',
  stop: 'M6 6h12v12H6z',
  search: 'M11 4a7 7 0 1 0 .01 0zM16 16l5 5',
  compare: 'M12 3v18M4 6h5v12H4M15 6h5v12h-5',
  wall: 'M4 4h4v4H4zM10 4h4v4h-4zM16 4h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM4 16h4v4H4zM10 16h4v4h-4zM16 16h4v4h-4z',
  history: 'M4 12a8 8 0 1 0 3-6L4 8M4 4v4h4M12 8v4l3 2',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  star: 'M12 4l2.500 5.500 6 .7-4.500 4 1.200 6L12 17l-5.200 3.200 1.200-6-4.500-4 6-.7z',
  check: 'M5 12l5 5 9-10',
  text: 'M5 6h14M12 6v13',
  seed: 'M12 21v-8M12 13c-5 0-7-3-7-8 5 0 7 3 7 8zM12 13c0-4 2-6 7-6 0 4-2 6-7 6z',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  edit: 'M4 20l1-5L16 4l4 4L9 19z',
  tiles: 'M4 4h16v16H4zM9.300 4v16M14.700 4v16M4 9.300h16M4 14.700h16',
};

/** An icon; it says nothing to those who listen. @param {string} name @param {number} [size] */
export function icon(name, size = 18) {
  return s('svg', {
    viewBox: '0 0 24 24', width: size, height: size, fill: 'none', stroke: 'currentColor', class: 'icon',
    'stroke-width': name === 'more' || name === 'grip' ? 2.6 : 1.7, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
  }, s('path', { d: PATHS[name] ?? PATHS.more }));
}
