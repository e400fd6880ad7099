// Beginning a run: a recipe, and what shall differ from it.

import { fill, h } from '../core/dom.js';
import { t } from '../core/words.js';
import { post } from '../core/api.js';
import { store } from '../core/store.js';
import { errorBox } from '../core/notes.js';

/** What needs no data to be fetched is offered first. */
const FIRST = 'seed-dcgan-emoji';

/** `name = value`, a line each. @param {string} text */
export function settingsFrom(text) {
  const found = text.split('\n').map((line) => line.match(/^\s*([\w.]+)\s*[=:]\s*(.*?)\s*$/)).filter((m) => m !== null);
  return Object.fromEntries(found.map((m) => [m[1], m[2]]));
}

/** @param {(run: any) => void} done @param {() => void} cancelled @param {string} [first] the recipe that is chosen at first */
export function starter(done, cancelled, first = FIRST) {
  const about = h('p.small');
  const tell = () => {
    about.textContent = store.recipes.find((r) => r.name === recipe.value)?.description ?? '';
  };
  const recipe = h(
    'select',
    { id: 'recipe', 'data-testid': 'recipe', onchange: tell },
    store.recipes.map((r) => h('option', { value: r.name, text: r.name, selected: r.name === first })),
  );
  const settings = h('textarea', {
    id: 'train-settings',
    rows: 4,
    spellcheck: 'false',
    placeholder: 'training.epochs = 3',
    'data-testid': 'train-settings',
  });
  const error = h('div');
  const begin = h('button.primary', { type: 'submit', 'data-testid': 'train-start', text: t('train.start') });
  tell();
  return h(
    'form.panel.starter',
    {
      'data-testid': 'starter',
      onsubmit: async (/** @type {Event} */ e) => {
        e.preventDefault();
        fill(error);
        begin.disabled = true;
        try {
          done(
            await post('/api/training', { recipe: recipe.value, settings: settingsFrom(settings.value), resume: null }),
          );
        } catch (problem) {
          fill(error, errorBox(problem));
        } finally {
          begin.disabled = false;
        }
      },
    },
    h('h2', { text: t('train.new') }),
    h('div.field', {}, h('label.label', { for: 'recipe', text: t('train.recipe') }), recipe, about),
    h('div.field', {}, h('label.label', { for: 'train-settings', text: t('train.settings') }), settings),
    error,
    h('div.row.end', {}, h('button', { type: 'button', onclick: cancelled, text: t('cancel') }), begin),
  );
}
