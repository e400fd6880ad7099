// The lightbox: one picture, large; arrows walk, keys act, `i` tells where it came from.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { on, picture, store } from '../core/store.js';
import { bind } from '../core/keys.js';
import { fit } from '../core/theme.js';
import { attempt } from '../core/notes.js';
import { act, allActions } from '../feed/actions.js';
import { info } from './info.js';
import { tiled } from './tiled.js';

let box = /** @type {any} */ (null);
let list = /** @type {string[]} */ ([]);
let now = '';
let told = false;
let asTiles = false;
let back = /** @type {any} */ (null);

/** Opens a picture among others. @param {string} id @param {string[]} among */
export async function openPicture(id, among) {
  list = among.includes(id) ? among : [id, ...among];
  if (!box) build();
  if (!box.open) {
    back = document.activeElement;
    asTiles = false;
    box.showModal();
  }
  await show(id);
}

function build() {
  const button = (/** @type {string} */ name, /** @type {string} */ image, /** @type {(e: any) => any} */ run) =>
    h('button.quiet.square', {
      type: 'button',
      'aria-label': t('act.' + name),
      title: t('act.' + name),
      'data-testid': `view-${name}`,
      onclick: run,
    }, icon(image));
  box = h('dialog.lightbox', { 'data-scope': 'lightbox', 'data-testid': 'lightbox', 'aria-label': t('view.label') });
  const fresh = () =>
    fill(
      box,
      h('div.stage', {
        tabindex: -1,
        autofocus: true,
        onclick: (/** @type {any} */ e) => {
          if (e.target === e.currentTarget) close();
        },
      }),
      h('button.step.left', {
        'aria-label': t('view.previous'),
        onclick: () => walk(-1),
        'data-testid': 'view-previous',
      }, icon('left', 24)),
      h(
        'button.step.right',
        { 'aria-label': t('view.next'), onclick: () => walk(1), 'data-testid': 'view-next' },
        icon('right', 24),
      ),
      h(
        'div.tools',
        {},
        h('span.count', { 'data-testid': 'view-count' }),
        h('span.grow'),
        ...['subtle', 'strong', 'reroll'].map((n) => button(n, n, () => act(n, now))),
        button('times2', 'enlarge', () => act('times2', now)),
        button('edit', 'brush', () => {
          close();
          act('edit', now);
        }),
        button('tiles', 'tiles', flipTiles),
        button('like', 'like', () => act('like', now)),
        button('info', 'info', flipInfo),
        button('all', 'more', (e) => allActions(now, e.currentTarget)),
        button('close', 'close', close),
      ),
      h('aside.about', { hidden: true, 'data-testid': 'info' }),
    );
  fresh();
  document.body.append(box);
  box.addEventListener('cancel', (/** @type {Event} */ e) => {
    e.preventDefault();
    close();
  });
  on('pictures', (changed) => {
    if (box.open && changed.some((/** @type {import('../core/store.js').Picture} */ p) => p.id === now)) paint();
  });
  on('words', () => {
    fresh();
    if (box.open) show(now);
  });
  on('looks', () => {
    if (box.open) paint();
  });
  window.addEventListener('resize', () => {
    if (box.open) paint();
  });
  window.addEventListener('popstate', () => {
    if (box.open) close();
  });
  const own = (/** @type {string} */ name) => () => act(name, now);
  const leaving = (/** @type {string} */ name) => () => {
    close();
    act(name, now);
  };
  bind('lightbox', {
    next: () => walk(1),
    previous: () => walk(-1),
    close,
    like: own('like'),
    info: flipInfo,
    tiles: flipTiles,
    useAll: own('useAll'),
    useSeed: own('useSeed'),
    usePrompt: own('usePrompt'),
    reroll: own('reroll'),
    around: own('around'),
    download: own('download'),
    edit: leaving('edit'),
    delete: own('delete'),
  });
}

/** Closes the lightbox. */
export function close() {
  if (!box?.open) return;
  box.close();
  const same = document.querySelector(`section:not([hidden]) .tile[data-id="${now}"] .place`);
  /** @type {any} */ (same ?? back)?.focus?.();
}

/** @param {number} step */
function walk(step) {
  const at = list.indexOf(now) + step;
  if (at >= 0 && at < list.length) show(list[at]);
}

/** @param {string} id */
async function show(id) {
  now = id;
  if (!store.pictures.has(id)) await attempt(() => picture(id));
  if (now !== id) return;
  paint();
  if (told) tellAbout();
}

function paint() {
  const p = store.pictures.get(now);
  if (!p) return;
  const stage = box.querySelector('.stage');
  const room = { width: stage.clientWidth - 32, height: stage.clientHeight - 32 };
  const size = fit(p.width, p.height, room.width, room.height);
  box.querySelector('.count').textContent = `${list.indexOf(now) + 1} / ${list.length} · ${p.width} × ${p.height}${
    size.times > 1 ? ` · ${size.times}×` : ''
  }`;
  const like = box.querySelector('[data-testid=view-like]');
  like.classList.toggle('on', !!p.liked);
  like.setAttribute('aria-pressed', String(!!p.liked));
  box.querySelector('.step.left').disabled = list.indexOf(now) <= 0;
  box.querySelector('.step.right').disabled = list.indexOf(now) >= list.length - 1;
  box.querySelector('[data-testid=view-tiles]').setAttribute('aria-pressed', String(asTiles));
  if (asTiles) return fill(stage, tiled(p, room));
  const image = h('img', {
    src: p.url,
    alt: p.prompt,
    'data-testid': 'view-image',
    'data-id': p.id,
    class: size.times ? 'exact checks' : 'checks',
    style: { width: `${size.width}px`, height: `${size.height}px` },
  });
  fill(stage, image, p.deleted ? h('p.badge', { text: t('tile.deleted') }) : null);
}

function flipTiles() {
  asTiles = !asTiles;
  paint();
}

function flipInfo() {
  told = !told;
  box.querySelector('.about').hidden = !told;
  box.querySelector('[data-testid=view-info]').setAttribute('aria-pressed', String(told));
  box.classList.toggle('told', told);
  paint();
  if (told) tellAbout();
}

async function tellAbout() {
  const id = now;
  const about = box.querySelector('.about');
  const el = await info(id, (other) => openPicture(other, list.includes(other) ? list : [...list, other]));
  if (id === now) fill(about, el);
}
