// Folders, and smart folders: searches with a name. Deleting one keeps its pictures.

import { h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { patch, post, remove } from '../core/api.js';
import { refreshFolders, store } from '../core/store.js';
import { attempt, note } from '../core/notes.js';
import { menu } from '../core/menu.js';
import { ask } from '../help/ask.js';
import { focusPrompt, setFolder } from '../create/bar.js';
import { want, wanted } from './filters.js';

/** @param {() => void} changed */
export function folderList(changed) {
  const go = (/** @type {Record<string, string>} */ to) => {
    want({ folder: '', deleted: '', liked: '', ...to });
    changed();
  };
  const entry = (
    /** @type {string} */ image,
    /** @type {string} */ text,
    /** @type {boolean} */ now,
    /** @type {any} */ to,
    /** @type {any} */ count,
    /** @type {any} */ extra,
  ) =>
    h(
      'li',
      {},
      h(
        'button.entry-button',
        {
          'aria-current': now ? 'true' : null,
          onclick: () => go(to),
          'data-testid': extra ? 'folder' : `show-${image}`,
          ...(extra ? drops(extra.dataset.id) : {}),
        },
        icon(image, 16),
        h('span.one-line.grow', { text }),
        count === null ? null : h('span.small', { text: String(count) }),
      ),
      extra,
    );
  return h(
    'div',
    {},
    h(
      'ul',
      {},
      entry('library', t('library.all'), !wanted.folder && !wanted.deleted && !wanted.liked, {}, null, null),
      entry('like', t('library.liked'), !!wanted.liked, { liked: '1' }, null, null),
      entry('trash', t('library.deleted'), !!wanted.deleted, { deleted: '1' }, null, null),
    ),
    h(
      'div.row',
      {},
      h('h3.grow', { text: t('library.folders') }),
      h('button.quiet.square.tiny', {
        'aria-label': t('folder.new'),
        title: t('folder.new'),
        'data-testid': 'folder-new',
        onclick: create,
      }, icon('create', 16)),
    ),
    h(
      'ul',
      {},
      store.folders.map((f) =>
        entry(
          f.search ? 'search' : 'folder',
          f.name,
          wanted.folder === f.id,
          { folder: f.id },
          f.count,
          h('button.quiet.square.tiny', {
            'aria-label': `${f.name}: ${t('act.all')}`,
            'data-testid': 'folder-menu',
            'data-id': f.id,
            onclick: (/** @type {any} */ e) => edit(f, e.currentTarget, changed),
          }, icon('more', 16)),
        )
      ),
    ),
  );
}

/** Pictures can be dropped on a folder. @param {string} folder */
function drops(folder) {
  return {
    ondragover: (/** @type {DragEvent} */ e) => {
      e.preventDefault(); /** @type {any} */
      (e.currentTarget).classList.add('over');
    },
    ondragleave: (/** @type {DragEvent} */ e) => /** @type {any} */ (e.currentTarget).classList.remove('over'),
    ondrop: (/** @type {DragEvent} */ e) => {
      e.preventDefault();
      /** @type {any} */ (e.currentTarget).classList.remove('over');
      const id = /\/api\/pictures\/(\w+)/.exec(e.dataTransfer?.getData('text/plain') ?? '')?.[1];
      if (id) attempt(() => post('/api/pictures/batch', { ids: [id], folder })).then(refreshFolders);
    },
  };
}

async function create() {
  const name = await ask(t('folder.name'));
  if (name && await attempt(() => post('/api/folders', { name, search: null }))) refreshFolders();
}

/** @param {any} f @param {any} button @param {() => void} changed */
function edit(f, button, changed) {
  menu(
    button,
    [
      f.search ? null : {
        text: t('library.draw'),
        icon: 'create',
        act: () => {
          setFolder(f.id);
          focusPrompt();
          note(t('library.drawing', { name: f.name }), { label: t('undo'), act: () => setFolder(null) });
        },
      },
      {
        text: t('library.rename'),
        icon: 'text',
        testid: 'folder-rename',
        act: async () => {
          const name = await ask(t('folder.name'), f.name);
          if (name && await attempt(() => patch(`/api/folders/${f.id}`, { name }))) refreshFolders();
        },
      },
      {
        text: t('library.remove'),
        icon: 'trash',
        testid: 'folder-delete',
        act: () =>
          attempt(async () => {
            await remove(`/api/folders/${f.id}`);
            note(t('library.removed'));
            if (wanted.folder === f.id) {
              want({ folder: '' });
              changed();
            }
            refreshFolders();
          }),
      },
    ].filter(Boolean),
  );
}
