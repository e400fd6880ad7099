// Pages of an exact size, with words: their settings, and tables with a page for each line.

import { byId, fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { post } from '../core/api.js';
import { keepJobs } from '../core/store.js';
import { errorBox } from '../core/notes.js';
import { go, here } from '../core/router.js';
import { NO_PAGE, request, set, settings } from './settings.js';

/** Sizes that are asked for most, in pixels. */
const SIZES = ['1080x1080', '1080x1350', '1080x1920', '1200x628', '970x250', '1748x2480'];
const PLACES = ['top', 'bottom', 'left', 'right', 'over'];

/** The two sides of a size; nothing for what is none. @param {string} size @returns {[number, number]|null} */
function sides(size) {
  const found = size.normalize('NFKC').toLowerCase().match(/^\s*(\d+)\s*[x×*]\s*(\d+)\s*$/);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

/** What a request says of the page; null for none. */
export function layout() {
  const { size, ...others } = settings.page;
  const [width, height] = sides(size) ?? [0, 0];
  return width ? { width, height, ...others } : null;
}

/** @param {Partial<typeof NO_PAGE>} changes @param {boolean} [typed] */
const change = (changes, typed = false) => set({ page: { ...settings.page, ...changes } }, typed);

/** The fields: the size, and where there is one, the words, their place and the ground. */
export function pageField() {
  const page = settings.page;
  const size = h('input', {
    type: 'text',
    id: 'set-page',
    'data-testid': 'set-page',
    list: 'page-sizes',
    value: page.size,
    placeholder: t('set.page.none'),
    onchange: () => {
      const found = sides(size.value);
      size.value = found ? found.join('x') : '';
      change({ size: size.value });
    },
  });
  const text = h('textarea', {
    rows: 2,
    maxlength: 2000,
    'aria-label': t('set.page.words'),
    placeholder: t('set.page.words'),
    'data-testid': 'set-page-text',
    onchange: () => change({ text: text.value }, true),
  });
  text.value = page.text;
  return h(
    'div.field',
    { title: t('set.page.text') },
    h('label.label', { for: 'set-page', text: t('set.page') }),
    size,
    h('datalist', { id: 'page-sizes' }, SIZES.map((one) => h('option', { value: one }))),
    page.size
      ? [
        text,
        h(
          'div.row',
          {},
          h(
            'select',
            {
              'aria-label': t('set.page.place'),
              'data-testid': 'set-page-place',
              onchange: (/** @type {any} */ e) => change({ place: e.target.value }, true),
            },
            PLACES.map((one) => h('option', { value: one, selected: one === page.place, text: t(`set.page.${one}`) })),
          ),
          h('input', {
            type: 'color',
            value: page.background,
            'aria-label': t('set.page.background'),
            title: t('set.page.background'),
            'data-testid': 'set-page-background',
            onchange: (/** @type {any} */ e) => change({ background: e.target.value }, true),
          }),
          h('input', {
            type: 'number',
            min: 0,
            max: 512,
            value: page.bleed,
            'aria-label': t('set.page.bleed'),
            title: t('set.page.bleed'),
            'data-testid': 'set-page-bleed',
            onchange: (/** @type {any} */ e) =>
              change({ bleed: Math.min(Math.max(Math.round(Number(e.target.value)) || 0, 0), 512) }, true),
          }),
        ),
      ]
      : null,
  );
}

/** Asks for a page for each line of a table, and says how many there are, or what is wrong with it. @param {File} file */
export async function takeTable(file) {
  if (here() !== 'create') go('/create');
  const place = byId('dropped');
  const close = () => fill(place);
  try {
    const { size, seed, model } = { ...request(), size: settings.page.size || null };
    const { jobs, ignored } = await post('/api/adverts', { table: await file.text(), size, seed, model });
    keepJobs(jobs);
    fill(
      place,
      h(
        'div.panel.dropped',
        { 'data-testid': 'table-taken' },
        h('button.quiet.square.corner', { 'aria-label': t('close'), onclick: close }, icon('close')),
        h(
          'div.grow',
          {},
          h('p', { role: 'status', text: t('drop.table', { n: jobs.length, name: file.name }) }),
          ignored.length ? h('p.small', { text: t('drop.columns', { names: ignored.join(', ') }) }) : null,
        ),
      ),
    );
  } catch (error) {
    fill(place, errorBox(error, close));
  }
}
