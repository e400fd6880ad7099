// The palette: every action and place by its name.

import { fill, h } from '../core/dom.js';
import { t } from '../core/words.js';
import { bind, KEYS, perform, shown } from '../core/keys.js';
import { go, here } from '../core/router.js';
import { store } from '../core/store.js';
import { setPrompt } from '../create/bar.js';
import { set } from '../create/settings.js';
import { history } from '../create/history.js';
import { act } from '../feed/actions.js';
import { choose } from '../core/words.js';

/** @typedef {{text: string, key: string, run: () => any}} Command */
/** @type {any} */
let from = null;

/** Everything that can be done here. @returns {Command[]} */
function commands() {
  const inView = document.querySelector('.lightbox[open] [data-testid=view-image]');
  const id = inView ? /** @type {any} */ (inView).dataset.id : from?.closest?.('.tile')?.dataset.id;
  const scopes = ['global', ...(['edit', 'compare', 'library', 'explore', 'grid'].includes(here()) ? [here()] : [])];
  return [
    ...KEYS.filter((k) => scopes.includes(k.scope) && !k.hidden && k.id !== 'palette').map((k) => ({
      text: t(`key.${k.scope}.${k.id}`),
      key: shown(k.keys[0]),
      run: () => perform(k.scope, k.id),
    })),
    ...(id
      ? KEYS.filter((k) => k.scope === 'tile' && !['next', 'previous', 'open', 'select'].includes(k.id)).map((k) => ({
        text: t(`key.tile.${k.id}`),
        key: shown(k.keys[0]),
        run: () => act(k.id, id, document.body),
      }))
      : []),
    { text: t('key.bar.draw'), key: shown('mod+Enter'), run: () => perform('bar', 'draw') },
    { text: 'English', key: '', run: () => choose('en') },
    { text: '中文', key: '', run: () => choose('zh') },
    ...store.models.map((m) => ({
      text: t('palette.model', { name: m.name }),
      key: '',
      run: () => set({ model: m.id }),
    })),
    ...store.folders.map((f) => ({
      text: t('palette.folder', { name: f.name }),
      key: '',
      run: () => go(`/library?folder=${f.id}`),
    })),
    ...history().slice(0, 20).map((p) => ({
      text: t('palette.prompt', { prompt: p }),
      key: '',
      run: () => setPrompt(p),
    })),
  ];
}

/** Opens the palette. */
export function openPalette() {
  if (document.querySelector('dialog.palette[open]')) return;
  from = document.activeElement;
  const all = commands();
  let found = all;
  let at = 0;
  const close = () => {
    box.close();
    box.remove();
    from?.focus?.();
  };
  const run = (/** @type {number} */ i) => {
    const one = found[i];
    close();
    one?.run();
  };
  const rows = h('ul', { role: 'listbox', id: 'palette-list', 'aria-label': t('palette.label') });
  const input = h('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'palette-list',
    'aria-label': t('palette.label'),
    placeholder: t('palette.hint'),
    'data-testid': 'palette-input',
    oninput: () => {
      const parts = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      found = all.filter((c) => parts.every((p) => c.text.toLowerCase().includes(p)));
      at = 0;
      draw();
    },
    onkeydown: (/** @type {KeyboardEvent} */ e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step) {
        at = (at + step + found.length) % Math.max(1, found.length);
        draw();
      } else if (e.key === 'Enter') run(at);
      else return;
      e.preventDefault();
      e.stopPropagation();
    },
  });
  const draw = () => {
    fill(
      rows,
      found.slice(0, 60).map((c, i) =>
        h(
          'li',
          {
            role: 'option',
            id: `palette-${i}`,
            'aria-selected': String(i === at),
            'data-testid': 'palette-item',
            onclick: () => run(i),
          },
          h('span.one-line', { text: c.text }),
          c.key ? h('kbd', { text: c.key }) : null,
        )
      ),
    );
    input.setAttribute('aria-activedescendant', `palette-${at}`);
    rows.children[at]?.scrollIntoView({ block: 'nearest' });
  };
  const box = h(
    'dialog.palette',
    {
      'data-testid': 'palette',
      'aria-label': t('palette.label'),
      oncancel: (/** @type {Event} */ e) => {
        e.preventDefault();
        close();
      },
      onclick: (/** @type {any} */ e) => {
        if (e.target === box) close();
      },
    },
    input,
    rows,
  );
  document.body.append(box);
  draw();
  box.showModal();
  input.focus();
}

bind('global', {
  palette: openPalette,
  'go.create': () => go('/create'),
  'go.library': () => go('/library'),
  'go.train': () => go('/train'),
  'go.models': () => go('/models'),
  'go.explore': () => go('/explore'),
  'go.grid': () => go('/grid'),
});
