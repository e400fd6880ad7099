// The switches of looks.

import { kept } from './dom.js';
import { note } from './notes.js';
import { tell } from './store.js';
import { t } from './words.js';

const root = document.documentElement;

/** Dark, light, as the system has it, and around again. */
export function nextTheme() {
  const next = { system: 'dark', dark: 'light', light: 'system' }[root.dataset.theme ?? 'system'] ?? 'dark';
  root.dataset.theme = next;
  kept.set('theme', next);
  note(t('theme.' + next));
}

/** Pixels as they are, or smoothed. */
export function nextSmooth() {
  const smooth = root.dataset.pixels !== 'smooth';
  root.dataset.pixels = smooth ? 'smooth' : 'exact';
  kept.set('smooth', smooth);
  tell('looks');
  note(t(smooth ? 'looks.smooth' : 'looks.exact'));
}

/**
 * The size at which a picture is shown: the largest whole multiple that fits, in the screen's own pixels.
 * @param {number} width @param {number} height @param {number} room in CSS pixels
 * @returns {{width: number, height: number, times: number}} `times` 0 where the picture is larger than its room
 */
export function fit(width, height, room, roomDown = room) {
  const dots = window.devicePixelRatio || 1;
  const times = Math.floor(Math.min((room * dots) / width, (roomDown * dots) / height));
  if (times >= 1) return { width: (width * times) / dots, height: (height * times) / dots, times };
  const scale = Math.min(room / width, roomDown / height);
  return { width: width * scale, height: height * scale, times: 0 };
}
