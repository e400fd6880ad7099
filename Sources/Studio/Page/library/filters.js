// What is asked of the library; it stands in the address, so that it can be kept and sent.

import { inside, to } from '../core/base.js';
import { fill, h, settled } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { refreshFolders, store } from '../core/store.js';
import { post } from '../core/api.js';
import { attempt } from '../core/notes.js';
import { ask } from '../help/ask.js';

const NAMES = ['q', 'model', 'kind', 'from', 'to', 'seed', 'liked', 'rating', 'folder', 'deleted'];
const kinds = () => [...store.tasks.map((task) => task.name), 'upload'];
/** @type {Record<string, string>} */
export let wanted = {};

/** Reads the address. */
export function read() {
  const query = new URLSearchParams(location.search);
  wanted = Object.fromEntries(NAMES.filter((n) => query.get(n)).map((n) => [n, query.get(n) ?? '']));
}

/** Writes the address. */
export function write() {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, v]) => v)).toString();
  if (inside() === '/library') history.replaceState({}, '', to('/library') + (query ? '?' + query : ''));
}

/** What the studio is asked. */
export function asked() {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) {
    if (!value) continue;
    if (name === 'from' || name === 'to') {
      const day = new Date(`${value}T00:00:00`).getTime() / 1000;
      query.set(name, String(day + (name === 'to' ? 86_400 : 0)));
    } else query.set(name, value);
  }
  return query;
}

/** Changes what is asked. @param {Record<string, string>} changes */
export const want = (changes) => {
  wanted = { ...wanted, ...changes };
};

/** The row of filters. @param {() => void} changed */
export function filters(changed) {
  const later = settled(changed, 250);
  const el = h('div.filters', { role: 'search' });
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    want({ [name]: value });
    changed();
  };
  const refresh = () => {
    const typing = el.contains(document.activeElement) && /** @type {any} */ (document.activeElement).type === 'search';
    if (typing) return;
    const focused = el.contains(document.activeElement)
      ? /** @type {any} */ (document.activeElement).dataset.testid
      : null;
    const any = Object.entries(wanted).some(([k, v]) => v && !['folder', 'deleted'].includes(k));
    fill(
      el,
      h(
        'span.search',
        {},
        icon('search', 16),
        h('input', {
          type: 'search',
          value: wanted.q ?? '',
          placeholder: t('library.search'),
          'aria-label': t('library.search'),
          'data-testid': 'library-search',
          oninput: (/** @type {any} */ e) => {
            want({ q: e.target.value });
            later();
          },
        }),
      ),
      h(
        'select',
        {
          'aria-label': t('set.model'),
          'data-testid': 'filter-model',
          onchange: (/** @type {any} */ e) => set('model', e.target.value),
        },
        h('option', { value: '', text: t('library.model') }),
        store.models.map((m) => h('option', { value: m.id, selected: wanted.model === m.id, text: m.name })),
      ),
      h(
        'select',
        {
          'aria-label': t('info.kind'),
          'data-testid': 'filter-kind',
          onchange: (/** @type {any} */ e) => set('kind', e.target.value),
        },
        h('option', { value: '', text: t('library.kind') }),
        kinds().map((k) => h('option', { value: k, selected: wanted.kind === k, text: t('kind.' + k) })),
      ),
      h(
        'button',
        {
          'aria-pressed': String(!!wanted.liked),
          'data-testid': 'filter-liked',
          onclick: () => set('liked', wanted.liked ? '' : '1'),
        },
        icon('like', 16),
        t('library.liked'),
      ),
      ['from', 'to'].map((n) =>
        h(
          'label.small',
          {},
          t('library.' + n),
          h('input', {
            type: 'date',
            value: wanted[n] ?? '',
            'data-testid': `filter-${n}`,
            onchange: (/** @type {any} */ e) => set(n, e.target.value),
          }),
        )
      ),
      h('input.seed', {
        type: 'text',
        inputmode: 'numeric',
        value: wanted.seed ?? '',
        placeholder: t('set.seed'),
        'aria-label': t('set.seed'),
        'data-testid': 'filter-seed',
        onchange: (/** @type {any} */ e) => set('seed', e.target.value.replace(/\D/g, '')),
      }),
      any
        ? h('button.quiet', {
          onclick: () => {
            wanted = wanted.folder ? { folder: wanted.folder } : {};
            changed();
          },
          text: t('library.filter.clear'),
        })
        : null,
      wanted.q
        ? h('button.quiet', { 'data-testid': 'save-search', onclick: keepSearch }, icon('star', 16), t('library.smart'))
        : null,
    );
    if (focused) /** @type {any} */ (el.querySelector(`[data-testid="${focused}"]`))?.focus();
  };
  refresh();
  return { el, refresh };
}

async function keepSearch() {
  const name = await ask(t('library.smart.name'), wanted.q);
  if (name && await attempt(() => post('/api/folders', { name, search: wanted.q }))) refreshFolders();
}
