// The explorer's fields: the model, the words, the seed and its picture, how near to the middle of all, the noise.

import { h, put } from '../core/dom.js';
import { figure, t } from '../core/words.js';
import { chance, dice, MOST_STYLE, seedField } from '../core/chance.js';
import { at, explorable, explored, move } from './at.js';

/** A field with its label. @param {string} id @param {string} text @param {any} input @param {...any} more */
const labelled = (id, text, input, ...more) =>
  h(
    'div.field',
    {},
    h('label.label', { for: id }, text, more[0] ?? null),
    more[1] ? h('div.row', {}, input, more[1]) : input,
  );

export function fields() {
  const m = explored();
  const model = h('select', {
    id: 'explore-model',
    'data-testid': 'explore-model',
    onchange: () => move({ model: model.value }),
  }, explorable().map((one) => h('option', { value: one.id, text: `${one.name} · ${one.width}×${one.height}` })));
  const named = !m?.takesText && m?.classNames?.length;
  const prompt = named
    ? h(
      'select',
      {
        id: 'explore-prompt',
        'data-testid': 'explore-prompt',
        onchange: () => move({ prompt: prompt.value }),
      },
      h('option', { value: '', text: t('explore.any') }),
      m.classNames.map((name) => h('option', { value: name, text: name })),
    )
    : h('input', {
      type: 'text',
      id: 'explore-prompt',
      maxlength: 2000,
      spellcheck: 'false',
      'data-testid': 'explore-prompt',
      oninput: () => move({ prompt: prompt.value }),
    });
  const seed = seedField({ id: 'explore-seed' }, (text) => {
    move({ seed: text || at.seed });
    return at.seed;
  });
  const index = h('input', {
    type: 'number',
    min: 0,
    step: 1,
    id: 'explore-index',
    'data-testid': 'explore-index',
    onchange: () => {
      move({ index: Number(index.value) || 0 });
      index.value = String(at.index);
    },
  });
  const psiWords = h('output');
  const psi = h('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 0.01,
    id: 'explore-psi',
    'data-testid': 'explore-psi',
    oninput: () => move({ psi: Number(psi.value) }),
  });
  const noise = seedField({ id: 'explore-noise', placeholder: t('explore.noise.own') }, (text) => {
    move({ noise: text });
    return at.noise;
  }, MOST_STYLE);
  return {
    el: h(
      'div.fields.explore-fields',
      {},
      labelled('explore-model', t('set.model'), model),
      m?.takesText || named ? labelled('explore-prompt', t(named ? 'explore.class' : 'explore.words'), prompt) : null,
      labelled(
        'explore-seed',
        t('set.seed'),
        seed,
        null,
        dice(t('dice'), (value) => move({ seed: value }), 'explore-dice'),
      ),
      labelled('explore-index', t('explore.index'), index),
      labelled('explore-psi', t('explore.psi'), psi, [h('code', { text: '--psi' }), psiWords]),
      m?.styles
        ? labelled(
          'explore-noise',
          t('explore.noise'),
          noise,
          null,
          dice(`${t('explore.noise')}: ${t('dice')}`, (value) => move({ noise: value }), 'noise-dice'),
        )
        : null,
    ),
    /** Shows the values. */
    show() {
      put(model, explored()?.id ?? '');
      put(prompt, at.prompt);
      put(seed, at.seed);
      put(index, String(at.index));
      put(psi, String(at.psi));
      put(noise, at.noise);
      psiWords.textContent = figure(at.psi, 2);
    },
    throwSeed: () => move({ seed: chance() }),
  };
}
