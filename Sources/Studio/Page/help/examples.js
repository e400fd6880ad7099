// What stands where nothing is yet: a sentence, and something to begin with.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';
import { store } from '../core/store.js';
import { draw, setPrompt } from '../create/bar.js';

/** Prompts that the bundled model draws well. */
const TRY = ['two birds on a tree', 'a red apple beside a blue book', '红苹果', 'a cat with sunglasses'];

/** Prompts to draw with one click. */
export const tries = () =>
  h(
    'div.try',
    {},
    TRY.map((text) =>
      h('button.try', {
        type: 'button',
        'data-testid': 'try',
        onclick: () => {
          setPrompt(text);
          draw();
        },
        text,
      })
    ),
  );

/** The newest pictures, to choose from. @param {number} count */
export const newest = (count) =>
  [...store.pictures.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1)).slice(0, count);

/**
 * An empty place: what comes here, and something that fills it.
 * @param {string} sentence @param {...any} children
 */
export const emptyPlace = (sentence, ...children) =>
  h('div.empty.calm', { 'data-testid': 'empty-place' }, h('p', { text: sentence }), children);

/** The newest pictures as buttons; prompts where there are none. @param {number} count @param {(id: string) => void} chosen */
export function someOf(count, chosen) {
  const pictures = newest(count);
  if (!pictures.length) return tries();
  return h(
    'div.try',
    {},
    pictures.map((p) =>
      h(
        'button.thumb',
        {
          type: 'button',
          'data-testid': 'example-picture',
          'aria-label': p.prompt || t('kind.' + p.kind),
          onclick: () => chosen(p.id),
        },
        h('img.exact', { src: p.url, alt: '', width: 96, height: 96, loading: 'lazy' }),
      )
    ),
  );
}
