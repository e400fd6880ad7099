// Beginning a run: a recipe, the pictures, their size, the time, and behind "more" whatever else shall differ.

import { fill, h } from '../core/dom.js';
import { duration, t } from '../core/words.js';
import { get, post } from '../core/api.js';
import { store } from '../core/store.js';
import { errorBox } from '../core/notes.js';

/** What needs no data to be fetched is offered first. */
const FIRST = 'seed-dcgan-emoji';
/** Minutes after which a run may end. */
const TIMES = [5, 20, 60, 240, 720];
/** Pixels a side that can be chosen. */
const SIDES = [28, 32, 64, 128];

/** `name = value`, a line each. @param {string} text */
export function settingsFrom(text) {
  const found = text.split('\n').map((line) => line.match(/^\s*([\w.-]+)\s*[=:]\s*(.*?)\s*$/)).filter((m) =>
    m !== null
  );
  return Object.fromEntries(found.map((m) => [m[1], m[2]]));
}

/**
 * @param {string} id @param {string} label @param {string[][]} options values and what they are called
 * @param {Record<string, any>} [props]
 */
function choice(id, label, options, props = {}) {
  const select = h(
    'select',
    { id, 'data-testid': id, ...props },
    options.map(([value, text]) => h('option', { value, text })),
  );
  return { select, el: h('div.field', {}, h('label.label', { for: id, text: label }), select) };
}

/** @param {(run: any) => void} done @param {() => void} cancelled @param {string} [first] the recipe that is chosen at first */
export function starter(done, cancelled, first = FIRST) {
  const offered = store.recipes.filter((r) => !r.needsOwn || r.name === first);
  const about = h('div.about', { 'data-testid': 'recipe-about' });
  const recipe = choice(
    'recipe',
    t('train.recipe'),
    offered.map((r) => [r.name, r.hours ? `${r.name} · ${duration(r.hours * 3600)}` : r.name]),
    { onchange: () => tell() },
  );
  if (offered.some((r) => r.name === first)) recipe.select.value = first;
  const data = choice('train-data', t('train.data'), [['', '']]);
  const side = choice('train-side', t('train.side'), [['', ''], ...SIDES.map((n) => [`${n}`, `${n} × ${n}`])]);
  const time = choice('train-time', t('train.time'), [['', ''], ...TIMES.map((n) => [`${n}`, duration(n * 60)])]);

  /** Says what the recipe is, and what it means to leave each choice as it is. */
  function tell() {
    const now = store.recipes.find((r) => r.name === recipe.select.value);
    fill(
      about,
      h('p', { text: now?.description ?? '' }),
      now?.expect ? h('p.small', {}, h('b', { text: t('train.gives') }), ' ', now.expect) : null,
      now?.needs ? h('p.small', {}, h('b', { text: t('train.needs') }), ' ', now.needs) : null,
    );
    const size = `${now?.width} × ${now?.height}`;
    data.select.options[0].text = t('train.data.own', { set: now?.set ?? '' });
    side.select.options[0].text = t('train.side.own', { size });
    const hours = now?.hours ? duration(now.hours * 3600) : '';
    time.select.options[0].text = hours
      ? t('train.time.own', { n: now?.epochs ?? 0, time: hours })
      : t('train.time.passes', { n: now?.epochs ?? 0 });
  }

  get('/api/sets').then(({ sets }) => {
    for (const set of sets) data.select.append(h('option', { value: set.id, text: set.name }));
  }).catch(() => null);

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

  /** What is asked for: only what differs from the recipe. */
  function wish() {
    const pixels = side.select.value;
    /** @type {Record<string, any>} */
    const asked = {
      recipe: recipe.select.value,
      settings: { ...(pixels ? { 'data.size': `[${pixels}, ${pixels}]` } : {}), ...settingsFrom(settings.value) },
      resume: null,
    };
    if (data.select.value) asked.set = data.select.value;
    if (time.select.value) asked.minutes = Number(time.select.value);
    return asked;
  }

  return h(
    'form.panel.starter',
    {
      'data-testid': 'starter',
      onsubmit: async (/** @type {Event} */ e) => {
        e.preventDefault();
        fill(error);
        begin.disabled = true;
        try {
          done(await post('/api/training', wish()));
        } catch (problem) {
          fill(error, errorBox(problem));
        } finally {
          begin.disabled = false;
        }
      },
    },
    h('h2', { text: t('train.new') }),
    recipe.el,
    about,
    data.el,
    h('div.fields', {}, side.el, time.el),
    h(
      'details',
      {},
      h('summary', { 'data-testid': 'train-more', text: t('train.more') }),
      h('div.field', {}, h('label.label', { for: 'train-settings', text: t('train.settings') }), settings),
    ),
    error,
    h('div.row.end', {}, h('button', { type: 'button', onclick: cancelled, text: t('cancel') }), begin),
  );
}
