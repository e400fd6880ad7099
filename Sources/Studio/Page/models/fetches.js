// Published models: what can be had, under which terms, and what is on its way here.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { duration, figure, t } from '../core/words.js';
import { get, post, remove, StudioError } from '../core/api.js';
import { on, store } from '../core/store.js';
import { attempt, errorBox, note } from '../core/notes.js';
import { sure } from '../help/sure.js';

/**
 * @typedef {{id: string, model: string, name: string, state: string, done: number, total?: number, message?: string}} Fetch
 * @typedef {{name: string, repository?: string, origin?: string, summary: string, bytes: number, memory: number, licence: string, agreed: boolean}} Known
 */

const el = h('section.published', { 'data-testid': 'published' });
let message = h('div');
/** @type {Known[]} */
let known = [];
/** @type {Map<string, Fetch>} */
let fetches = new Map();
/** When and from how many bytes each began to be watched. @type {Map<string, {since: number, from: number}>} */
const watched = new Map();

const ended = (/** @type {Fetch} */ one) => ['done', 'failed', 'cancelled'].includes(one.state);

/** Bytes in words. @param {number} bytes */
const size = (bytes) =>
  bytes < 1e6
    ? t('fetch.kilobytes', { n: figure(bytes / 1e3, 1) })
    : bytes < 1e9
    ? t('fetch.megabytes', { n: figure(bytes / 1e6, 1) })
    : t('fetch.gigabytes', { n: figure(bytes / 1e9, 1) });

/** Asks for a model; its terms are agreed to once. @param {string} model @param {boolean} [agree] */
async function begin(model, agree = false) {
  fill(message);
  try {
    take(await post('/api/fetches', { model, agree }));
    note(t('fetch.begun', { name: model }));
  } catch (error) {
    if (!agree && error instanceof StudioError && error.code === 'terms_not_agreed') {
      if (await sure(t('fetch.terms', { name: model, licence: error.message }), t('fetch.agree'))) {
        await begin(model, true);
      }
    } else fill(message, errorBox(error, () => begin(model, agree)));
  }
}

/** Remembers how far a fetch is. @param {Fetch} one */
function take(one) {
  fetches.set(one.id, one);
  if (one.state === 'running' && !watched.has(one.id)) watched.set(one.id, { since: Date.now(), from: one.done });
  draw();
}

/** @param {Fetch} one */
function row(one) {
  const watch = watched.get(one.id);
  const spent = watch ? (Date.now() - watch.since) / 1000 : 0;
  const rate = watch && spent > 1 ? (one.done - watch.from) / spent : 0;
  const words = [
    one.total ? t('fetch.of', { done: size(one.done), total: size(one.total) }) : one.done ? size(one.done) : null,
    rate > 0 && one.state === 'running' ? t('fetch.rate', { rate: size(rate) }) : null,
    rate > 0 && one.total && one.state === 'running' && one.total > one.done
      ? t('fetch.left', { time: duration((one.total - one.done) / rate) })
      : null,
  ].filter(Boolean).join(' · ');
  return h(
    'li.row.wrap',
    { 'data-testid': 'fetch', 'data-id': one.id, 'data-state': one.state },
    h('b', { text: one.name }),
    h('span', { text: t('fetch.state.' + one.state) }),
    one.state === 'running'
      ? h('progress', { max: 1, value: one.total ? one.done / one.total : null, 'aria-label': one.name })
      : null,
    h('span.small', { text: words }),
    one.message ? h('p.small', { 'data-testid': 'fetch-message', text: one.message }) : null,
    ended(one)
      ? one.state === 'done'
        ? null
        : h('button', { 'data-testid': 'fetch-again', onclick: () => begin(one.model), text: t('fetch.again') })
      : h('button', {
        'data-testid': 'fetch-cancel',
        onclick: () => attempt(async () => take(await remove(`/api/fetches/${one.id}`))),
        text: t('cancel'),
      }),
  );
}

/** @param {Known} one */
function offer(one) {
  const isHere = store.models.some((m) => m.name === one.name);
  const isComing = [...fetches.values()].some((f) => f.model === one.name && !ended(f));
  return h(
    'article.panel.model',
    { 'data-testid': 'offer', 'data-name': one.name },
    h(
      'div.row.wrap',
      {},
      h('h2', { text: one.name }),
      isHere ? h('span.badge.good', { text: t('fetch.here') }) : null,
    ),
    h('p', { text: one.summary }),
    h('p.small', { text: t('fetch.needs', { bytes: size(one.bytes), memory: size(one.memory) }) }),
    h(
      'details',
      {},
      h('summary', { text: t('fetch.licence') }),
      h('p.small', { text: one.licence }),
      h('p.small', {}, h('code', { text: one.repository ?? one.origin ?? '' })),
    ),
    isHere || isComing || !one.repository ? null : h(
      'button',
      { 'data-testid': 'offer-fetch', onclick: () => begin(one.name, false) },
      icon('download', 16),
      t('fetch.fetch'),
    ),
  );
}

function draw() {
  const typed = el.querySelector('input')?.value ?? '';
  const input = h('input', {
    type: 'text',
    value: typed,
    placeholder: 'org/name',
    'aria-label': t('fetch.other'),
    'data-testid': 'fetch-other',
  });
  const shown = [...fetches.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  fill(
    el,
    h('h1', { text: t('fetch.title') }),
    h('p.small', { text: t('fetch.hint') }),
    message,
    shown.length ? h('ul.plain', { 'data-testid': 'fetches' }, shown.map(row)) : null,
    h('div.cards', {}, known.map(offer)),
    h(
      'form.row.wrap',
      {
        onsubmit: (/** @type {Event} */ e) => {
          e.preventDefault();
          if (input.value.trim()) begin(input.value.trim());
        },
      },
      h('label', { text: t('fetch.other') }),
      input,
      h('button', { type: 'submit', 'data-testid': 'fetch-begin', text: t('fetch.fetch') }),
      h('button', {
        type: 'button',
        'data-testid': 'fetch-prune',
        onclick: () =>
          attempt(async () => {
            const { freed } = await post('/api/fetches/prune');
            note(t('fetch.freed', { bytes: size(freed) }));
          }),
        text: t('fetch.prune'),
      }),
    ),
  );
}

/** Looks at the files of a model that was fetched. @param {string} id */
export async function verify(id) {
  note(t('fetch.verifying'));
  const found = await attempt(() => post(`/api/models/${id}/verify`));
  if (!found) return;
  note(
    found.damaged.length
      ? t('fetch.damaged', { files: found.damaged.join(', ') })
      : t('fetch.whole', { n: found.checked }),
  );
}

let begun = false;

/** The part of the place that shows published models. */
export function published() {
  if (!begun) {
    begun = true;
    on('fetch', (one) => {
      if (fetches.get(one.id)?.state !== one.state || !ended(one)) take(one);
    });
    on('models', draw);
    on('words', draw);
  }
  get('/api/fetches').then((found) => {
    known = found.known;
    fetches = new Map(found.fetches.map((/** @type {Fetch} */ one) => [one.id, one]));
    for (const one of fetches.values()) if (one.state === 'running') take(one);
    draw();
  }).catch((error) => fill(el, error?.status === 403 ? null : errorBox(error)));
  return el;
}
