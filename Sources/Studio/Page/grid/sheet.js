// The whole table as one picture: all pages, with their heads.

import { t } from '../core/words.js';
import { cellsOf } from './axes.js';
import { named, pictureOf, titled } from './table.js';

/** The longest side that browsers surely draw, and the least of a cell. */
const MOST = 16_000;
const LEAST = 96;
const GAP = 8;
const TITLE = 40;
const HEAD = 36;

/** A text that fits. @param {OffscreenCanvasRenderingContext2D} pen @param {string} text @param {number} x @param {number} y @param {number} room */
function write(pen, text, x, y, room) {
  let shown = text;
  while (shown.length > 1 && pen.measureText(shown).width > room) shown = `${shown.slice(0, -2)}…`;
  pen.fillText(shown, x, y);
}

/** @param {import('./table.js').Drawn} drawn @returns {Promise<Blob>} */
export async function sheet(drawn) {
  const [across, down, pages] = drawn.lines;
  const cells = cellsOf(drawn.lines).map((at) => ({ at, p: pictureOf(drawn, at) }));
  const width = Math.max(...cells.map(({ p }) => p?.width ?? 1)),
    height = Math.max(...cells.map(({ p }) => p?.height ?? 1));
  const side = down.name ? 120 : 0;
  const wide = across.values.length, high = down.values.length, count = pages.values.length;
  /** How pages lie where a cell has so many pixels for one. @param {number} times */
  const lay = (times) => {
    const w = side + wide * (width * times + GAP) + GAP,
      hi = (pages.name ? HEAD : 0) + (across.name ? HEAD : 0) + high * (height * times + GAP) + GAP;
    const column = Math.min(count, Math.max(1, Math.floor((MOST - TITLE) / hi)));
    return { times, w, hi, column, width: w * Math.ceil(count / column), height: TITLE + hi * column };
  };
  let plan = lay(Math.max(1, Math.ceil(LEAST / width)));
  while (plan.times > 1 && (plan.width > MOST || plan.height > MOST)) plan = lay(plan.times - 1);
  const canvas = new OffscreenCanvas(Math.min(MOST, plan.width), Math.min(MOST, plan.height));
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const look = getComputedStyle(document.documentElement);
  const [ground, text, faint] = ['--ground', '--text', '--faint'].map((name) => look.getPropertyValue(name).trim());
  pen.imageSmoothingEnabled = false;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.textBaseline = 'middle';
  const font = (/** @type {string} */ weight, /** @type {number} */ size) => {
    pen.font = `${weight} ${size}px ${look.fontFamily}`;
  };
  font('600', 16);
  pen.fillStyle = text;
  write(pen, titled(drawn), GAP, TITLE / 2, canvas.width - 2 * GAP);
  for (let z = 0; z < count; z += 1) {
    const left = Math.floor(z / plan.column) * plan.w;
    let top = TITLE + (z % plan.column) * plan.hi;
    font('600', 13);
    pen.fillStyle = text;
    if (pages.name) write(pen, named(pages, z), left + GAP, top + HEAD / 2, plan.w - 2 * GAP);
    if (pages.name) top += HEAD;
    font('400', 11);
    pen.fillStyle = faint;
    if (down.name && across.name) {
      [`${t('grid.' + down.name)} ↓`, `${t('grid.' + across.name)} →`].forEach((words, i) =>
        write(pen, words, left + GAP, top + HEAD * (i + 0.7) / 2.4, side - GAP)
      );
    }
    font('400', 12);
    if (across.name) {
      across.values.forEach((v, x) =>
        write(pen, v.label, left + side + GAP + x * (width * plan.times + GAP), top + HEAD / 2, width * plan.times)
      );
    }
    if (across.name) top += HEAD;
    if (down.name) {
      down.values.forEach((v, y) =>
        write(pen, v.label, left + GAP, top + (y + 0.5) * (height * plan.times + GAP), side - 2 * GAP)
      );
    }
    for (const { at, p } of cells) {
      if (at[2] !== z || !p) continue;
      const image = new Image();
      image.src = p.url;
      await image.decode();
      pen.drawImage(
        image,
        left + side + GAP + at[0] * (width * plan.times + GAP),
        top + GAP / 2 + at[1] * (height * plan.times + GAP),
        p.width * plan.times,
        p.height * plan.times,
      );
    }
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
