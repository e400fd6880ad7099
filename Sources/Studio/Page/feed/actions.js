// What can be done with a picture: each action once, for buttons, menus, keys and the palette.

import { t } from '../core/words.js';
import { patch, post, save } from '../core/api.js';
import { keep, keepJobs, picture, refreshFolders, refusal, store } from '../core/store.js';
import { announce, attempt, note } from '../core/notes.js';
import { newKey } from '../core/dom.js';
import { go } from '../core/router.js';
import { menu } from '../core/menu.js';
import { KEYS, shown } from '../core/keys.js';
import { setPrompt, use } from '../create/bar.js';
import { adopt, request, set } from '../create/settings.js';
import { styleIn, useStyle } from '../create/styles.js';
import { explorerOf } from '../explore/lead.js';
import { isAround, lookAround } from '../around/around.js';
import { ask } from '../help/ask.js';
import { askTask } from './task.js';

/** Tasks with places of their own. */
const PLACED = ['imagine', 'vary', 'inpaint', 'outpaint', 'tile', 'blend', 'explore', 'project', 'upscale', 'restore'];

/** Sends an order that is not the prompt bar's. @param {any} wanted */
export function order(wanted) {
  const all = {
    count: 4,
    seed: null,
    model: request().model,
    pictures: [],
    mask: null,
    numbers: {},
    size: null,
    folder: null,
    priority: request().priority,
    draft: false,
    ...wanted,
  };
  return attempt(async () => {
    const { jobs } = await post('/api/jobs', all, { 'idempotency-key': newKey() });
    keepJobs(jobs);
    announce(t('bar.sent', { n: jobs.length }));
    note(t('sent.' + all.kind));
    return jobs;
  });
}

const usable = (
  /** @type {import('../core/store.js').Picture} */ p,
) => (store.models.some((m) => m.id === p.model || m.name === p.model) ? p.model : request().model);

/** The same again from other chance. @param {import('../core/store.js').Picture} p */
function reroll(p) {
  const job = store.jobs.get(p.job);
  if (job) return order({ ...job.request, kind: job.kind, seed: null, first: 0 });
  return order({ kind: 'imagine', prompt: p.prompt, model: usable(p) });
}

/** @param {import('../core/store.js').Picture} p @param {any} changes */
export function change(p, changes) {
  return attempt(async () => {
    keep([{ ...p, ...changes }]);
    try {
      keep([await patch(`/api/pictures/${p.id}`, changes)]);
    } catch (error) {
      keep([p]);
      throw error;
    }
    if ('folder' in changes || 'deleted' in changes) refreshFolders();
    return true;
  });
}

/** Deletes and offers it back. @param {import('../core/store.js').Picture} p */
async function erase(p) {
  if (!(await change(p, { deleted: true }))) return;
  note(t('act.deleted'), { label: t('undo'), act: () => change({ ...p, deleted: true }, { deleted: false }) });
}

/** Which part it is of what was made of another picture: `_normal`. @param {import('../core/store.js').Picture} p */
const partOf = (p) => {
  const parts = store.tasks.find((task) => task.name === p.kind)?.parts ?? [];
  return parts.length ? `_${parts[p.index % parts.length]}` : '';
};

/** The name a file gets. @param {import('../core/store.js').Picture} p */
export const fileName = (p) =>
  `${p.id}${
    p.prompt
      ? '-' + p.prompt.replace(/--.*$/, '').trim().replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40).replace(/-+$/, '')
      : ''
  }${partOf(p)}.png`;

/** Seeds of pictures in a group belong to the group. @param {import('../core/store.js').Picture} p */
const flagless = (p) => (p.prompt ?? '');

/** @type {Record<string, (p: any, button?: any) => any>} */
const ACTIONS = {
  subtle: (p) =>
    order({ kind: 'vary', pictures: [p.id], numbers: { strong: 0 }, prompt: flagless(p), model: usable(p) }),
  strong: (p) =>
    order({ kind: 'vary', pictures: [p.id], numbers: { strong: 1 }, prompt: flagless(p), model: usable(p) }),
  reroll,
  remix: (p) => {
    use('remix', p.id);
    setPrompt(flagless(p));
  },
  times2: (p) =>
    order({
      kind: 'upscale',
      pictures: [p.id],
      numbers: { times: 2 },
      prompt: flagless(p),
      count: 1,
      model: usable(p),
    }),
  times4: (p) =>
    order({
      kind: 'upscale',
      pictures: [p.id],
      numbers: { times: 4 },
      prompt: flagless(p),
      count: 1,
      model: usable(p),
    }),
  enhance: (p) =>
    order({
      kind: 'imagine',
      prompt: flagless(p),
      seed: p.seed,
      first: p.index,
      count: 1,
      model: usable(p),
      draft: false,
    }),
  useAll: (p) => {
    setPrompt(flagless(p));
    set({ seed: String(p.seed) });
    adopt({ model: p.model });
    note(t('act.usedAll'));
  },
  usePrompt: (p) => {
    setPrompt(flagless(p));
    note(t('act.usedPrompt'));
  },
  useSeed: (p) => {
    set({ seed: String(p.seed) });
    note(t('act.usedSeed', { seed: p.seed }));
  },
  useStyle: (p) => {
    const { sref, sw } = styleIn(p.prompt ?? '');
    return sref ? useStyle(sref, sw) : note(t('style.missing'));
  },
  explore: async (p) => go(await explorerOf(p)),
  like: (p) => change(p, { liked: !p.liked }),
  folder: (p, button) => folders(p, button),
  download: (p) => save(p.url, fileName(p)),
  share: (p) => save(p.share_url, `share-${p.id}.png`),
  tile: (p) => order({ kind: 'tile', pictures: [p.id], prompt: flagless(p), model: usable(p) }),
  edit: (p) => go(`/edit/${p.id}`),
  extend: (p) => go(`/edit/${p.id}?tool=extend`),
  around: (p) => (isAround(p) ? lookAround(p.id) : note(t('around.flat'))),
  compare: (p) => (p.parents?.length ? go(`/compare/${p.parents[0]}/${p.id}`) : note(t('compare.none'))),
  delete: erase,
};

/** Tasks that take one picture and have no place of their own. */
const others = () =>
  store.tasks.filter((task) => !PLACED.includes(task.name) && task.pictures[0] <= 1 && task.pictures[1] >= 1);

/** The model that translates: the one that is chosen, where it does; nothing where none does. */
const translator = () => {
  const all = store.models.filter((m) => m.translates);
  return all.find((m) => m.id === request().model || m.name === request().model) ?? all[0];
};

/** Asks what a task must be told, and orders it. @param {string} name @param {any} p */
async function doOther(name, p) {
  const task = others().find((one) => one.name === name);
  const model = name === 'translate' ? translator()?.id : usable(p);
  if (name === 'translate' && !model) return note(t('act.translate.none'));
  const numbers = task && await askTask(task);
  if (numbers) return order({ kind: name, pictures: [p.id], numbers, prompt: flagless(p), count: 1, model });
}

/** Does an action with a picture. @param {string} name @param {string} id @param {any} [button] */
export async function act(name, id, button) {
  const p = await attempt(() => picture(id));
  if (p) return ACTIONS[name] ? ACTIONS[name](p, button) : doOther(name, p);
}

/** @param {import('../core/store.js').Picture} p @param {any} button */
function folders(p, button) {
  menu(
    button,
    [
      ...store.folders.filter((f) => !f.search).map((f) => ({
        text: f.name,
        icon: p.folder === f.id ? 'check' : 'folder',
        testid: 'to-folder',
        act: async () => {
          if (await change(p, { folder: f.id })) note(t('act.moved', { name: f.name }));
        },
      })),
      p.folder ? { text: t('folder.out'), icon: 'close', act: () => change(p, { folder: null }) } : null,
      {
        text: t('folder.new'),
        icon: 'create',
        testid: 'new-folder',
        act: async () => {
          const name = await ask(t('folder.name'));
          if (!name) return;
          const folder = await attempt(() => post('/api/folders', { name, search: null }));
          if (folder) {
            await refreshFolders();
            if (await change(p, { folder: folder.id })) note(t('act.moved', { name }));
          }
        },
      },
    ].filter(Boolean),
  );
}

/** What the key for an action is. @param {string} id */
export const keyFor = (id) => {
  const key = KEYS.find((k) => k.scope === 'tile' && k.id === id);
  return key ? shown(key.keys[0]) : '';
};

/** The menu with everything. @param {string} id @param {any} button @param {any} [back] */
export function allActions(id, button, back) {
  const item = (/** @type {string} */ name, /** @type {string} */ image, /** @type {string|null} */ why = null) => ({
    text: t('act.' + name),
    icon: image,
    key: keyFor(name),
    why,
    testid: `act-${name}`,
    act: () => act(name, id, button),
  });
  const p = store.pictures.get(id);
  const job = p && store.jobs.get(p.job);
  menu(button, [
    item('subtle', 'subtle'),
    item('strong', 'strong'),
    item('reroll', 'reroll'),
    item('remix', 'remix'),
    item('times2', 'enlarge'),
    item('times4', 'enlarge'),
    ...(job?.request?.draft ? [item('enhance', 'star')] : []),
    item('edit', 'brush'),
    item('extend', 'fit'),
    item('tile', 'tiles'),
    ...(p && isAround(p) ? [item('around', 'around')] : []),
    ...others().map((task) =>
      item(task.name, 'brush', task.name === 'translate' && !translator() ? t('act.translate.none') : null)
    ),
    null,
    item('useAll', 'copy'),
    item('usePrompt', 'text'),
    item('useSeed', 'seed'),
    item('useStyle', 'star', refusal('sref') ?? (styleIn(p?.prompt ?? '').sref ? null : t('style.missing'))),
    ...(store.models.some((m) => m.explores && (m.id === p?.model || m.name === p?.model))
      ? [item('explore', 'explore')]
      : []),
    null,
    item('like', 'like'),
    item('folder', 'folder'),
    item('compare', 'compare', p?.parents?.length ? null : t('compare.none')),
    item('download', 'download'),
    item('share', 'download'),
    item('delete', 'trash'),
  ], back);
}
