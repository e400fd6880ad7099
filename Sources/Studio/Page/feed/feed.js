// The feed: every job a group of tiles with its prompt, figures and state in words beside it.

import { byId, fill, h, settled } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { duration, t } from '../core/words.js';
import { post, remove } from '../core/api.js';
import { keepJobs, model, on, picture, store, waiting } from '../core/store.js';
import { announce, attempt, errorBox } from '../core/notes.js';
import { openPicture } from '../view/lightbox.js';
import { setPrompt } from '../create/bar.js';
import { tries } from '../help/examples.js';
import { act, order } from './actions.js';
import { stateWords, timeLeft } from './progress.js';
import { tile } from './tile.js';
import { readings } from './readings.js';
import { bind } from '../core/keys.js';

/** @type {Map<string, {el: any, tiles: any[], side: any, room: number, paint: () => void}>} */
const groups = new Map();

/** Jobs whose pictures are drawn whole. */
const WHOLE = ['imagine', 'vary', 'blend'];

/** The size a job's pictures will have. @param {import('../core/store.js').Job} job */
function sizeOf(job) {
  const made = job.pictures.map((id) => store.pictures.get(id)).find(Boolean);
  if (made) return { width: made.width, height: made.height };
  const source = store.pictures.get(job.request.pictures?.[0] ?? '');
  const m = model(job.request.model);
  const [width, height] = [m?.width || 64, m?.height || 64];
  const longest = Math.max(width, height);
  const side = job.request.size || (WHOLE.includes(job.kind) && m?.usualSide) || longest;
  const own = { width: Math.round((width * side) / longest), height: Math.round((height * side) / longest) };
  if (job.kind === 'upscale' && source) {
    const times = Number(job.request.numbers?.times ?? 2);
    return {
      width: source.width * times,
      height: source.height * times,
    };
  }
  if (['inpaint', 'restore', 'outpaint'].includes(job.kind) && source) {
    return { width: source.width, height: source.height };
  }
  return own;
}

/** How large a tile may be. @param {number} count */
function roomFor(count) {
  const width = byId('feed').clientWidth || byId('main').clientWidth - 32;
  const side = width >= 900 ? 264 : 0;
  const across = count >= 24
    ? (width < 600 ? 4 : 6)
    : width < 560
    ? 2
    : Math.min(4, Math.max(count, width < 900 ? 2 : 4));
  return Math.floor(Math.min(count === 1 ? 320 : 288, (width - side - (across - 1) * 8) / across));
}

/** How many pictures a job makes: of some tasks one for each part of what is made of a picture. @param {import('../core/store.js').Job} job */
function expected(job) {
  const parts = store.tasks.find((task) => task.name === job.kind)?.parts?.length || 0;
  const asked = parts ? parts * (job.request.pictures?.length ?? 1) : job.request.count ?? 1;
  return Math.max(asked, job.pictures.length);
}

/** @param {import('../core/store.js').Job} job */
function group(job) {
  const count = expected(job);
  const size = sizeOf(job);
  const room = roomFor(count);
  const all = () => [...store.jobs.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).flatMap((j) => j.pictures);
  const tiles = Array.from(
    { length: count },
    (_, index) => tile({ ...size, room, index, onopen: (id) => openPicture(id, all()) }),
  );
  const side = h('div.side');
  const el = h(
    'article.group',
    { 'data-testid': 'job', 'data-job': job.id, 'aria-label': job.request.prompt },
    h('div.tiles', {}, tiles.map((x) => x.el)),
    side,
  );
  el.classList.toggle('wall', count >= 24);
  return { el, tiles, side, room, paint: () => paint(job.id) };
}

/** Which picture has which place: their places in the seed's row, from the job's first on. @param {import('../core/store.js').Job} job */
function placed(job) {
  const places = new Map();
  const count = expected(job);
  const late = [];
  for (const id of job.pictures) {
    const at = (store.pictures.get(id)?.index ?? -1) - (job.request.first ?? 0);
    if (at >= 0 && at < count && !places.has(at)) places.set(at, id);
    else late.push(id);
  }
  for (let at = 0; late.length && at < count; at += 1) if (!places.has(at)) places.set(at, late.shift());
  return places;
}

/** Draws a job's group anew. @param {string} id */
function paint(id) {
  const job = store.jobs.get(id);
  const made = groups.get(id);
  if (!job || !made) return;
  const finished = placed(job);
  made.tiles.forEach((x, index) => {
    const p = finished.get(index);
    if (p) return x.show(p);
    const over = ['failed', 'cancelled', 'blocked'].includes(job.state);
    x.wait(job.preview?.[index], over ? t('state.' + job.state) : stateWords(job, index), job.state);
  });
  made.el.dataset.state = job.state;
  side(job, made.side);
}

/** @param {import('../core/store.js').Job} job @param {any} place */
function side(job, place) {
  const picture = store.pictures.get(job.pictures[0] ?? '');
  const key = JSON.stringify([job.state, job.pictures.length, picture?.seed, document.documentElement.lang]);
  const status = job.state === 'done'
    ? ''
    : ['queued', 'running'].includes(job.state)
    ? timeLeft(job)
    : t('state.' + job.state);
  const live = place.querySelector('.status');
  if (place.dataset.key === key && live) {
    live.textContent = status;
    place.querySelector('progress')?.setAttribute('value', String(job.share ?? 0));
    return;
  }
  place.dataset.key = key;
  const active = ['queued', 'running'].includes(job.state);
  const m = model(job.request.model);
  const button = (/** @type {string} */ name, /** @type {string} */ image, /** @type {() => any} */ run) =>
    h(
      'button.small',
      { type: 'button', onclick: run, 'data-testid': `job-${name}` },
      icon(image, 14),
      t('act.' + name),
    );
  fill(
    place,
    h('button.prompt', {
      type: 'button',
      title: t('act.usePrompt'),
      onclick: () => setPrompt(job.request.prompt),
      text: job.request.prompt || t('kind.' + job.kind),
      'data-testid': 'job-prompt',
    }),
    h(
      'p.small',
      {},
      [
        job.kind === 'imagine' ? null : t('kind.' + job.kind),
        m?.name,
        picture ? `${picture.width} × ${picture.height}` : null,
      ].filter(Boolean).join(' · '),
    ),
    picture ? h('p.small', {}, figures(picture)) : null,
    readings(picture),
    h('p.status', { 'data-testid': 'job-state', text: status }),
    active ? h('progress', { max: 1, value: job.share ?? 0, 'aria-label': t('queue.progress') }) : null,
    job.error ? errorBox({ message: job.error.message, id: job.id }) : null,
    h(
      'div.row.wrap',
      {},
      active
        ? button('cancel', 'close', () => attempt(async () => keepJobs([await remove(`/api/jobs/${job.id}`)])))
        : null,
      ['failed', 'cancelled'].includes(job.state)
        ? button('retry', 'reroll', () =>
          attempt(async () => {
            const again = await post(`/api/jobs/${job.id}/retry`);
            store.jobs.set(again.id, again);
            keepJobs([again]);
            arrange();
          }))
        : null,
      job.state === 'done'
        ? button('reroll', 'reroll', () => order({ ...job.request, kind: job.kind, seed: null, first: 0 }))
        : null,
      job.state === 'done' && picture ? button('useAll', 'copy', () => act('useAll', picture.id)) : null,
    ),
  );
}

/** Small figures that a click copies. @param {import('../core/store.js').Picture} p */
export function figures(p) {
  const one = (/** @type {string} */ name, /** @type {string} */ text) =>
    h('button.figure', {
      type: 'button',
      title: t('copy'),
      'data-testid': `figure-${name}`,
      onclick: () => navigator.clipboard?.writeText(text).then(() => announce(t('copied'))),
    }, text);
  return [t('set.seed') + ' ', one('seed', String(p.seed)), p.seconds ? ` · ${duration(p.seconds)}` : ''];
}

/** Brings the groups into order: the newest first. */
function arrange() {
  const feed = byId('feed');
  const list = [...store.jobs.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1)).slice(0, 120);
  byId('empty').hidden = list.length > 0;
  const wanted = new Set(list.map((job) => job.id));
  for (const [id, made] of groups) {
    if (!wanted.has(id)) {
      made.el.remove();
      groups.delete(id);
    }
  }
  let before = feed.firstChild;
  for (const job of list) {
    let made = groups.get(job.id);
    if (!made) {
      made = group(job);
      groups.set(job.id, made);
    }
    if (made.el !== before) feed.insertBefore(made.el, before);
    else before = before.nextSibling;
    paint(job.id);
  }
}

function anew() {
  fill(byId('feed'));
  groups.clear();
  arrange();
}

/** Walks from tile to tile. @param {number} step */
function walk(step) {
  const all = /** @type {any[]} */ ([...document.querySelectorAll('section:not([hidden]) .tile')]);
  const at = all.indexOf(document.activeElement?.closest('.tile'));
  all[Math.max(0, Math.min(all.length - 1, at + step))]?.querySelector('.place').focus();
}

/** Puts the feed into motion. */
export function startFeed() {
  fill(byId('try'), [...tries().children]);
  on('jobs', arrange);
  on('queue', () => waiting().forEach((job) => paint(job.id)));
  on('job', (job) => {
    paint(job.id);
    if (job.state === 'running') waiting().forEach((w) => paint(w.id));
    if (job.state === 'done') announce(t('feed.done', { prompt: job.request.prompt }));
    if (job.state === 'failed') announce(`${t('state.failed')}: ${job.error?.message ?? ''}`);
    if (job.state === 'done') { for (const id of job.pictures) picture(id).catch(() => {}); }
  });
  on('pictures', (list) => {
    for (const id of new Set(list.map((/** @type {import('../core/store.js').Picture} */ p) => p.job))) paint(id);
  });
  on('words', anew);
  on('looks', anew);
  setInterval(() => {
    for (const job of store.jobs.values()) if (job.state === 'running') paint(job.id);
  }, 500);
  let width = innerWidth;
  window.addEventListener(
    'resize',
    settled(() => {
      if (innerWidth !== width) {
        width = innerWidth;
        anew();
      }
    }, 120),
  );
  const id = () => /** @type {any} */ (document.activeElement)?.closest?.('.tile')?.dataset.id;
  const calls = Object.fromEntries(
    [
      'like',
      'subtle',
      'strong',
      'reroll',
      'remix',
      'times2',
      'times4',
      'useAll',
      'useSeed',
      'usePrompt',
      'around',
      'edit',
      'download',
      'delete',
    ]
      .map((name) => [name, () => (id() ? act(name, id(), document.activeElement) : false)]),
  );
  bind('tile', { ...calls, next: () => walk(1), previous: () => walk(-1) });
  arrange();
}

/** Fetches what the feed shows and the list did not hold: pictures that were deleted. */
export function fillFeed() {
  const missing = [...store.jobs.values()].flatMap((job) => job.pictures).filter((id) => !store.pictures.has(id));
  for (const id of missing.slice(0, 60)) picture(id).catch(() => {});
}
