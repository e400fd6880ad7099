// The style of each layer: the picture's own, or that of another seed.

import { h, put } from '../core/dom.js';
import { t } from '../core/words.js';
import { chance, dice, MOST_STYLE, seedField } from '../core/chance.js';
import { at, move } from './at.js';

/** Layers in three groups, from what is large to what is small. @param {number} count @returns {[string, number[]][]} */
export function groups(count) {
  const cut = [0, 1, 2, 3].map((i) => Math.round((i * count) / 3));
  const all = ['coarse', 'middle', 'fine'].map((
    name,
    i,
  ) => [name, Array.from({ length: cut[i + 1] - cut[i] }, (_, k) => cut[i] + k)]);
  return /** @type {[string, number[]][]} */ (all.filter(([, layers]) => layers.length));
}

const title = (/** @type {string} */ name) => t(name === 'middle' ? 'explore.middle.layers' : `explore.${name}`);

/** @param {number} count */
export function layers(count) {
  const mix = (/** @type {number[]} */ which, /** @type {string} */ seed) =>
    move({ layers: { ...at.layers, ...Object.fromEntries(which.map((layer) => [layer, seed])) } });
  const field = (/** @type {string} */ id, /** @type {string} */ label, /** @type {number[]} */ which) =>
    seedField({ id, 'aria-label': label }, (seed) => {
      mix(which, seed);
      return seed;
    }, MOST_STYLE);
  /** @type {[any, number[]][]} */
  const inputs = [];
  const sets = groups(count).map(([name, which]) => {
    const whole = field(`group-${name}`, `${title(name)}: ${t('explore.all')}`, which);
    inputs.push([whole, which]);
    return h(
      'fieldset.mix',
      {},
      h(
        'legend',
        {},
        title(name),
        ' ',
        h('span.small', { text: t('explore.layers', { from: which[0], to: which.at(-1) }) }),
      ),
      h(
        'div.row',
        {},
        h('label.small.grow', { for: whole.id, text: t('explore.all') }),
        whole,
        dice(`${title(name)}: ${t('dice')}`, (seed) => mix(which, seed), `dice-${name}`),
      ),
      h(
        'div.each',
        {},
        which.map((layer) => {
          const one = field(`layer-${layer}`, t('explore.layer', { n: layer }), [layer]);
          inputs.push([one, [layer]]);
          return h('div.row', {}, h('label.small', { for: one.id, text: String(layer) }), one);
        }),
      ),
    );
  });
  const clear = h('button.small', {
    type: 'button',
    'data-testid': 'mix-clear',
    onclick: () => move({ layers: {} }),
    text: t('explore.clear'),
  });
  const throwAll = h('button.small', {
    type: 'button',
    'data-testid': 'mix-dice',
    onclick: () =>
      move({
        layers: Object.fromEntries(
          groups(count).flatMap(([, which]) => {
            const seed = chance();
            return which.map((layer) => [layer, seed]);
          }),
        ),
      }),
    text: t('explore.throw'),
  });
  return {
    el: h('div.mixes', {}, sets, h('div.row.wrap', {}, throwAll, clear)),
    /** Shows the seeds of the layers. */
    show() {
      for (const [input, which] of inputs) {
        const seeds = new Set(which.map((layer) => at.layers[layer] ?? ''));
        const value = seeds.size === 1 ? [...seeds][0] : '';
        put(input, value);
        input.placeholder = t(seeds.size > 1 ? 'explore.several' : 'explore.own');
      }
      clear.disabled = !Object.keys(at.layers).length;
    },
  };
}
