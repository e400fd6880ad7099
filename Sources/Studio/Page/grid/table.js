// The table: a cell for each request, at its final size from the first moment; one page of it is shown at a time.

import { to } from '../core/base.js';
import { h } from '../core/dom.js';
import { t } from '../core/words.js';
import { model, store } from '../core/store.js';
import { fit } from '../core/theme.js';
import { openPicture } from '../view/lightbox.js';
import { cellsOf } from './axes.js';

/** @typedef {{prompt: string, seed: string, model: string, lines: import('./axes.js').Line[], key: string, jobs: Record<string, string>, page: number}} Drawn */

/** What a value is called. @param {import('./axes.js').Line} line @param {number} i */
export const named = (line, i) => (line.name ? `${t('grid.' + line.name)} ${line.values[i].label}` : '');

/** What a table is called. @param {Drawn} drawn */
export const titled = (drawn) => drawn.prompt || (model(drawn.model)?.name ?? '');

/** The job of a cell. @param {Drawn} drawn @param {number[]} cell */
export const jobOf = (drawn, cell) => store.jobs.get(drawn.jobs[cell.join()] ?? '');

/** The picture of a cell. @param {Drawn} drawn @param {number[]} cell */
export const pictureOf = (drawn, cell) => store.pictures.get(jobOf(drawn, cell)?.pictures[0] ?? '');

/** @param {Drawn} drawn @param {number} width what it may take of the page */
export function table(drawn, width) {
  const [across, down] = drawn.lines;
  const m = model(drawn.model);
  const head = down.name ? Math.min(112, Math.max(56, width * 0.16)) : 0;
  const room = Math.max(64, Math.min(256, Math.floor((width - head - 8) / across.values.length) - 8));
  const size = fit(m?.width ?? 64, m?.height ?? 64, room);
  /** @type {Map<string, {place: any, image: any, words: any}>} */
  const places = new Map();
  const all = () => cellsOf(drawn.lines).map((cell) => pictureOf(drawn, cell)?.id).filter((id) => id !== undefined);

  /** @param {number} x @param {number} y */
  function cell(x, y) {
    const image = h('img', { alt: '', hidden: true });
    const words = h('span.words');
    const place = h(
      'button.place.checks',
      {
        type: 'button',
        'data-testid': 'grid-cell',
        'data-x': x,
        'data-y': y,
        onclick: () => {
          if (place.dataset.id) openPicture(place.dataset.id, all());
        },
      },
      image,
      words,
    );
    places.set(`${x},${y}`, { place, image, words });
    return h('td', {}, place);
  }

  /** Shows what is known of a cell of the page. @param {number} x @param {number} y */
  function show(x, y) {
    const at = [x, y, drawn.page];
    const { place, image, words } = /** @type {any} */ (places.get(`${x},${y}`));
    const job = jobOf(drawn, at);
    const id = job?.pictures[0] ?? '';
    const p = store.pictures.get(id);
    const source = id ? p?.url ?? to(`/api/pictures/${id}/file`) : job?.preview?.[0] ?? '';
    if (source && image.getAttribute('src') !== source) image.src = source;
    image.hidden = !source;
    const own = fit(p?.width ?? m?.width ?? 64, p?.height ?? m?.height ?? 64, size.width, size.height);
    image.className = own.times ? 'exact' : '';
    image.style.setProperty('width', `${own.width}px`);
    image.style.setProperty('height', `${own.height}px`);
    const state = job?.state ?? 'none';
    const text = id
      ? ''
      : state === 'running'
      ? t('state.share', { n: Math.round((job?.share ?? 0) * 100) })
      : state === 'none'
      ? ''
      : t('state.' + state);
    if (words.textContent !== text) words.textContent = text;
    place.title = id || !job?.error ? '' : job.error.message;
    Object.assign(place.dataset, { state, id, z: String(drawn.page), job: job?.id ?? '' });
    const where = drawn.lines.map((line, i) => named(line, at[i])).filter(Boolean).join(', ');
    place.setAttribute('aria-label', [where || drawn.prompt, text].filter(Boolean).join(': '));
  }

  const corner = h(
    'td.corner',
    {},
    down.name ? h('span', { text: `${t('grid.' + down.name)} ↓` }) : null,
    across.name ? h('span', { text: `${t('grid.' + across.name)} →` }) : null,
  );
  const label = (/** @type {string} */ scope, /** @type {string} */ text) => h('th', { scope }, h('span', { text }));
  const el = h(
    'div.table',
    {
      tabindex: 0,
      role: 'region',
      'aria-label': t('grid.table'),
      'data-testid': 'grid-table',
      style: { '--w': `${size.width}px`, '--h': `${size.height}px`, '--head': `${head}px` },
    },
    h(
      'table',
      {},
      across.name
        ? h(
          'thead',
          {},
          h(
            'tr',
            {},
            down.name ? corner : null,
            across.values.map((v) => label('col', v.label)),
          ),
        )
        : null,
      h(
        'tbody',
        {},
        down.values.map((v, y) =>
          h('tr', {}, down.name ? label('row', v.label) : null, across.values.map((_, x) => cell(x, y)))
        ),
      ),
    ),
  );
  return {
    el,
    /** Shows the page. */
    show() {
      for (const key of places.keys()) show(...(/** @type {[number, number]} */ (key.split(',').map(Number))));
    },
    /** Shows a cell, if the page holds it. @param {number[]} at */
    showCell([x, y, z]) {
      if (z === drawn.page) show(x, y);
    },
    /** Fetches the pictures of the other pages, so that pages turn at once. */
    ready() {
      for (const at of cellsOf(drawn.lines)) {
        const p = pictureOf(drawn, at);
        if (p && at[2] !== drawn.page) new Image().src = p.url;
      }
    },
  };
}
