// Several pictures at once.

import { h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { post, postForFile, save } from '../core/api.js';
import { keep, refreshFolders, store } from '../core/store.js';
import { attempt, note } from '../core/notes.js';
import { menu } from '../core/menu.js';
import { go } from '../core/router.js';
import { order } from '../feed/actions.js';
import { ask } from '../help/ask.js';

/** @type {Set<string>} */
export const selection = new Set();
let latest = '';

/** Chooses a picture or lets go of it; with `range`, all up to it. @param {string} id @param {string[]|null} range */
export function toggle(id, range) {
  if (range && latest && selection.size) {
    const [a, b] = [range.indexOf(latest), range.indexOf(id)].sort((x, y) => x - y);
    for (const one of range.slice(a, b + 1)) selection.add(one);
  } else if (!selection.delete(id)) selection.add(id);
  latest = id;
}

/** @param {string[]} ids */
export const selectAll = (ids) => ids.forEach((id) => selection.add(id));
export const clear = () => selection.clear();

/** @param {any} changes */
async function change(changes) {
  const ids = [...selection];
  const done = await attempt(() => post('/api/pictures/batch', { ids, ...changes }));
  if (done) {
    keep(done.pictures ?? []);
    refreshFolders();
  }
  return done;
}

/** What can be done with all that are chosen. @param {() => void} none @param {() => void} reload */
export function actions(none, reload) {
  const ids = [...selection];
  const button = (
    /** @type {string} */ id,
    /** @type {string} */ image,
    /** @type {string} */ text,
    /** @type {(e: any) => any} */ run,
  ) => h('button', { 'data-testid': `many-${id}`, onclick: run }, icon(image, 16), text);
  const gone = ids.every((id) => store.pictures.get(id)?.deleted);
  const toFolder = (/** @type {string|null} */ folder, /** @type {string} */ name) =>
    change({ folder }).then((ok) => {
      if (ok) {
        note(t('act.moved', { name }));
        none();
      }
    });
  return h(
    'div.row.wrap.sheet',
    {},
    h('b', { 'data-testid': 'selected-count', text: t('library.selected', { n: ids.length }) }),
    button('like', 'like', t('act.like'), () => change({ liked: !ids.every((id) => store.pictures.get(id)?.liked) })),
    button('folder', 'folder', t('act.folder'), (e) =>
      menu(e.currentTarget, [
        ...store.folders.filter((f) => !f.search).map((f) => ({
          text: f.name,
          icon: 'folder',
          testid: 'to-folder',
          act: () => toFolder(f.id, f.name),
        })),
        { text: t('folder.out'), icon: 'close', act: () => change({ folder: null }) },
        {
          text: t('folder.new'),
          icon: 'create',
          act: async () => {
            const name = await ask(t('folder.name'));
            const f = name && await attempt(() => post('/api/folders', { name, search: null }));
            if (f) toFolder(f.id, f.name);
          },
        },
      ])),
    button(
      'zip',
      'download',
      t('library.zip'),
      () => attempt(async () => save(await postForFile('/api/pictures/zip', { ids }), 'atelier.zip')),
    ),
    button(
      'sprites',
      'tiles',
      t('library.sprites'),
      () => attempt(async () => save(await postForFile('/api/pictures/sprites', { ids }), 'sprites.zip')),
    ),
    ids.length === 2
      ? button('compare', 'compare', t('library.compare'), () => {
        none();
        go(`/compare/${ids[0]}/${ids[1]}`);
      })
      : null,
    ids.length >= 2 && ids.length <= 5
      ? button('blend', 'remix', t('library.blend'), () => order({ kind: 'blend', pictures: ids, prompt: '' }))
      : null,
    gone
      ? button('restore', 'undo', t('library.restore'), () => change({ deleted: false }).then(reload))
      : button('delete', 'trash', t('act.delete'), () =>
        change({ deleted: true }).then((ok) => {
          if (!ok) return;
          none();
          note(t('act.deleted'), {
            label: t('undo'),
            act: () =>
              attempt(async () => {
                keep((await post('/api/pictures/batch', { ids, deleted: false })).pictures ?? []);
                reload();
              }),
          });
        })),
    h('span.grow'),
    h('button.quiet', { onclick: none, 'data-testid': 'many-none', text: t('key.library.none') }),
  );
}
