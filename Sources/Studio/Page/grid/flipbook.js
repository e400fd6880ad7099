// The flipbook: a slider through the pages of a table, and a button that plays them.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { named } from './table.js';

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** @param {import('./axes.js').Line} line @param {() => number} page @param {(page: number) => void} show */
export function flipbook(line, page, show) {
  const last = line.values.length - 1;
  let timer = 0;
  const words = h('output', { for: 'grid-page', 'data-testid': 'grid-page-words' });
  const slider = h('input', {
    type: 'range',
    id: 'grid-page',
    min: 0,
    max: last,
    step: 1,
    'aria-label': t('grid.axis.z'),
    'data-testid': 'grid-page',
    oninput: () => {
      const to = Number(slider.value);
      it.stop();
      turnTo(to);
    },
  });
  const play = h('button', { type: 'button', 'data-testid': 'grid-play', onclick: () => it.turn() });

  const tell = () => {
    slider.value = String(page());
    words.textContent = named(line, page());
    slider.setAttribute('aria-valuetext', words.textContent);
    fill(play, icon(timer ? 'stop' : 'play', 16), t(timer ? 'grid.halt' : still.matches ? 'grid.turn' : 'grid.play'));
    play.setAttribute('aria-pressed', String(timer !== 0));
  };
  const turnTo = (/** @type {number} */ to) => {
    show((to + last + 1) % (last + 1));
    tell();
  };
  const it = {
    el: h('div.row.book', {}, play, slider, words),
    /** Turns so many pages. @param {number} step */
    go(step) {
      it.stop();
      turnTo(page() + step);
    },
    stop() {
      clearInterval(timer);
      timer = 0;
      tell();
    },
    /** Plays or stops; where nothing may move, turns one page. */
    turn() {
      if (timer) return it.stop();
      if (still.matches) return turnTo(page() + 1);
      timer = setInterval(() => turnTo(page() + 1), 600);
      tell();
    },
  };
  tell();
  return it;
}
