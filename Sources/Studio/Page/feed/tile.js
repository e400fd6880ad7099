// A tile: its place has the final size from the first moment; a preview sharpens in it, then the picture.

import { to } from '../core/base.js';
import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { store } from '../core/store.js';
import { fit } from '../core/theme.js';
import { act, allActions, keyFor } from './actions.js';

const QUICK = [
  ['subtle', 'subtle'],
  ['strong', 'strong'],
  ['reroll', 'reroll'],
  ['times2', 'enlarge'],
  ['like', 'like'],
  ['download', 'download'],
  ['delete', 'trash'],
];

/** Buttons on a picture. @param {string} id @param {string[][]} [list] */
export function quick(id, list = QUICK) {
  const bar = h(
    'div.quick',
    {},
    list.map(([name, image]) =>
      h('button', {
        type: 'button',
        tabindex: -1,
        'data-testid': `quick-${name}`,
        'data-act': name,
        'aria-label': t('act.' + name),
        title: `${t('act.' + name)}  ${keyFor(name)}`,
        onclick: (/** @type {Event} */ e) => {
          e.stopPropagation();
          act(name, id, e.currentTarget);
        },
      }, icon(image, 16))
    ),
  );
  bar.append(h('button', {
    type: 'button',
    tabindex: 0,
    'data-testid': 'tile-menu',
    'aria-label': t('act.all'),
    title: t('act.all'),
    'aria-haspopup': 'menu',
    onclick: (/** @type {any} */ e) => {
      e.stopPropagation();
      allActions(id, e.currentTarget, e.currentTarget.closest('.tile').querySelector('.place'));
    },
  }, icon('more', 16)));
  return bar;
}

/**
 * Makes the place of a picture.
 * @param {{width: number, height: number, room: number, index?: number, onopen: (id: string) => void}} of
 */
export function tile(of) {
  const size = fit(of.width, of.height, of.room);
  const image = h('img', { alt: '', draggable: 'true', hidden: true });
  const words = h('span.words');
  const place = h(
    'button.place.checks',
    {
      type: 'button',
      'data-testid': 'tile-open',
      style: { width: `${size.width}px`, height: `${size.height}px` },
      onclick: () => {
        if (el.dataset.id) of.onopen(el.dataset.id);
      },
    },
    image,
    words,
  );
  const el = h('figure.tile', { 'data-scope': 'tile', 'data-testid': 'tile', 'data-index': of.index ?? 0 }, place);
  image.addEventListener('dragstart', (/** @type {DragEvent} */ e) => e.dataTransfer?.setData('text/plain', image.src));

  return {
    el,
    /** Shows the picture. @param {string} id */
    show(id) {
      const p = store.pictures.get(id);
      if (el.dataset.id !== id) {
        el.dataset.id = id;
        image.src = p?.url ?? to(`/api/pictures/${id}/file`);
        image.hidden = false;
        el.querySelector('.quick')?.remove();
        el.append(quick(id));
      }
      if (p && (p.width !== of.width || p.height !== of.height)) {
        Object.assign(of, { width: p.width, height: p.height });
        Object.assign(size, fit(of.width, of.height, of.room));
        place.style.width = `${size.width}px`;
        place.style.height = `${size.height}px`;
      }
      image.className = size.times ? 'exact' : '';
      el.dataset.state = 'done';
      fill(words);
      if (!p) return;
      el.toggleAttribute('data-liked', !!p.liked);
      el.classList.toggle('gone', !!p.deleted);
      const like = el.querySelector('[data-act=like]');
      if (like) {
        like.setAttribute('aria-pressed', String(!!p.liked));
        like.classList.toggle('on', !!p.liked);
      }
      image.alt = p.prompt;
      place.setAttribute(
        'aria-label',
        t('tile.label', { prompt: p.prompt, n: p.index + 1 }) + (p.liked ? `, ${t('tile.liked')}` : ''),
      );
      if (p.deleted) fill(words, t('tile.deleted'));
    },
    /** Shows what is known before the picture is there. @param {string|undefined} preview @param {string} text @param {string} state */
    wait(preview, text, state) {
      el.dataset.state = state;
      if (preview && image.getAttribute('src') !== preview) {
        image.src = preview;
        image.hidden = false;
        image.className = size.times ? 'exact preview' : 'preview';
      }
      if (words.textContent !== text) words.textContent = text;
      place.setAttribute('aria-label', text || t('tile.waits'));
    },
  };
}
