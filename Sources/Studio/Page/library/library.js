// The library: everything ever drawn, found by words and filters, kept in order by folders.

import { fill, h } from '../core/dom.js';
import { t } from '../core/words.js';
import { get } from '../core/api.js';
import { keep, on, store } from '../core/store.js';
import { fail } from '../core/notes.js';
import { here } from '../core/router.js';
import { emptyPlace, tries } from '../help/examples.js';
import { bind } from '../core/keys.js';
import { openPicture } from '../view/lightbox.js';
import { tile } from '../feed/tile.js';
import { asked, filters, read, write } from './filters.js';
import { folderList } from './folders.js';
import { actions, clear, selectAll, selection, toggle } from './selection.js';

const place = /** @type {any} */ (document.querySelector('[data-place="library"]:is(section)'));
/** @type {any} */
let parts = null;
/** @type {string[]} */
let ids = [];
/** @type {Map<string, any>} */
const tiles = new Map();
let next = /** @type {string|null} */ (null);
let turn = 0;
let total = 0;

function build() {
  const grid = h('div.grid', { 'data-testid': 'library-grid' });
  const more = h('button', { 'data-testid': 'library-more', onclick: () => load(false), text: t('library.more') });
  parts = {
    grid,
    more,
    words: h('div.empty-words'),
    error: h('div'),
    count: h('p.small', { 'data-testid': 'library-total', 'aria-live': 'polite' }),
    folders: h('aside.folders'),
    filters: h('div'),
    chosen: h('div.chosen', { 'data-testid': 'selection' }),
  };
  parts.asked = filters(() => load(true));
  parts.filters.append(parts.asked.el);
  fill(
    place,
    h('h1.hidden', { text: t('place.library') }),
    h(
      'div.library',
      {},
      parts.folders,
      h('div.grow', {}, parts.filters, parts.count, parts.error, parts.chosen, grid, parts.words, more),
    ),
  );
  new IntersectionObserver((seen) => {
    if (seen.some((e) => e.isIntersecting) && next && here() === 'library') load(false);
  }, { rootMargin: '600px' }).observe(more);
  drawFolders();
}

function drawFolders() {
  if (parts) fill(parts.folders, folderList(() => load(true)));
}

/** Loads pictures. @param {boolean} afresh */
async function load(afresh) {
  const mine = ++turn;
  if (afresh) {
    write();
    drawFolders();
    parts.asked.refresh();
  }
  const query = asked();
  query.set('limit', '60');
  if (!afresh && next) query.set('cursor', next);
  if (!afresh) next = null;
  try {
    const found = await get(`/api/pictures?${query}`);
    if (mine !== turn) return;
    fail(parts.error);
    keep(found.pictures);
    if (afresh) {
      fill(parts.grid);
      tiles.clear();
      ids = [];
      clear();
    }
    next = found.next;
    total = found.total ?? ids.length + found.pictures.length;
    for (const p of found.pictures) append(p);
    words();
  } catch (error) {
    fail(parts.error, error, () => load(true));
  }
}

/** @param {import('../core/store.js').Picture} p @param {boolean} [first] */
function append(p, first = false) {
  if (tiles.has(p.id)) return;
  const one = tile({
    width: p.width,
    height: p.height,
    room: innerWidth < 480 ? 140 : 200,
    onopen: (id) => openPicture(id, ids),
  });
  one.show(p.id);
  const box = h('input.pick', {
    type: 'checkbox',
    'aria-label': t('library.select'),
    'data-testid': 'pick',
    onclick: (/** @type {any} */ e) => {
      e.stopPropagation();
      pick(p.id, e.shiftKey);
    },
  });
  one.el.append(box);
  one.el.addEventListener('click', (/** @type {MouseEvent} */ e) => {
    if (!e.ctrlKey && !e.metaKey && !e.shiftKey) return;
    e.stopImmediatePropagation();
    pick(p.id, e.shiftKey);
  }, true);
  tiles.set(p.id, one);
  ids[first ? 'unshift' : 'push'](p.id);
  parts.grid[first ? 'prepend' : 'append'](one.el);
}

/** @param {string} id @param {boolean} range */
function pick(id, range) {
  toggle(id, range ? ids : null);
  mark();
}

function mark() {
  for (const [id, one] of tiles) {
    one.el.classList.toggle('picked', selection.has(id));
    one.el.querySelector('.pick').checked = selection.has(id);
  }
  place.classList.toggle('picking', selection.size > 0);
  fill(
    parts.chosen,
    selection.size
      ? actions(() => {
        clear();
        mark();
      }, () => load(true))
      : null,
  );
}

function words() {
  parts.count.textContent = t('library.total', { n: total });
  parts.more.hidden = !next;
  const filtered = [...asked().keys()].length > 0;
  fill(parts.words, ids.length ? null : filtered ? t('library.none') : emptyPlace(t('library.empty'), tries()));
  parts.words.hidden = ids.length > 0;
}

/** Whether a new picture belongs to what is shown. @param {import('../core/store.js').Picture} p */
function fits(p) {
  const q = asked();
  const own = [...q.keys()];
  if (own.some((k) => !['folder', 'model', 'kind', 'liked', 'deleted'].includes(k))) return false;
  return (q.has('deleted') === !!p.deleted) && (!q.has('folder') || q.get('folder') === p.folder) &&
    (!q.has('model') || q.get('model') === p.model) &&
    (!q.has('kind') || q.get('kind') === p.kind) && (!q.has('liked') || p.liked);
}

const takeChanges = (/** @type {import('../core/store.js').Picture[]} */ changed) => {
  if (!parts || here() !== 'library') return;
  for (const { id } of changed) {
    const p = store.pictures.get(id);
    if (!p) continue;
    const shown = tiles.get(id);
    if (shown) shown.show(id);
    if (shown && asked().has('folder') && !fits(p)) {
      shown.el.remove();
      tiles.delete(id);
      ids = ids.filter((x) => x !== id);
      total -= 1;
    } else if (!shown && fits(p) && (!ids.length || p.created > (store.pictures.get(ids[0])?.created ?? 0))) {
      append(p, true);
      total += 1;
    }
  }
  words();
};

export const library = {
  show() {
    read();
    if (!parts) {
      build();
      on('folders', drawFolders);
      on('pictures', takeChanges);
      on('models', () => parts.asked.refresh());
      on('looks', () => {
        if (here() === 'library') load(true);
      });
      on('words', () => {
        parts.filters.replaceChildren();
        build();
      });
      bind('library', {
        all: () => {
          selectAll(ids);
          mark();
        },
        none: () => {
          if (!selection.size) return false;
          clear();
          mark();
          return true;
        },
        search: () => place.querySelector('[type=search]').focus(),
      });
      document.addEventListener('keydown', (event) => {
        const id = /** @type {any} */ (document.activeElement)?.closest?.('.tile')?.dataset.id;
        if (event.key === 'x' && here() === 'library' && id && tiles.has(id)) pick(id, false);
      });
    }
    load(true);
  },
};
