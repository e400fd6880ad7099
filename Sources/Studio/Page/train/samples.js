// The samples of a run over time: the same chances, drawn by every state of the model.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { figure, t } from '../core/words.js';

/** A timeline that keeps its place while samples are added. */
export function samples() {
  /** @type {any[]} */
  let list = [];
  let at = -1;
  let timer = 0;
  const image = h('img.exact', { alt: t('train.samples'), 'data-testid': 'sample' });
  const words = h('span.small', { 'data-testid': 'sample-words' });
  const scrub = h('input', {
    type: 'range',
    min: 0,
    value: 0,
    'aria-label': t('train.samples'),
    'data-testid': 'scrubber',
    oninput: () => go(Number(scrub.value)),
  });
  const play = h('button.quiet.square', {
    'aria-label': t('train.play'),
    title: t('train.play'),
    'data-testid': 'sample-play',
    onclick: () => {
      if (timer) return halt();
      if (at >= list.length - 1) go(0);
      timer = setInterval(() => {
        if (!play.isConnected || at >= list.length - 1) halt();
        else go(at + 1);
      }, 250);
    },
  }, icon('play', 16));
  const halt = () => {
    clearInterval(timer);
    timer = 0;
  };
  const go = (/** @type {number} */ to) => {
    at = to;
    const one = list[at];
    if (!one) return;
    scrub.value = String(at);
    if (image.getAttribute('src') !== one.url) image.src = one.url;
    words.textContent = `${t('train.sample', { n: figure(one.images) })} · ${at + 1} / ${list.length}`;
    scrub.setAttribute('aria-valuetext', words.textContent ?? '');
  };
  const none = h('p.empty-words', { text: t('train.none') });
  const whole = h('div', {}, h('div.checks.sheet-of-samples', {}, image), h('div.row', {}, play, scrub, words));
  const el = h('div.samples', { 'data-testid': 'samples' });
  return {
    el,
    /** @param {any[]} found */
    show(found) {
      const last = at === list.length - 1;
      list = found;
      el.dataset.count = String(list.length);
      scrub.max = String(Math.max(0, list.length - 1));
      if (el.firstChild !== (list.length ? whole : none)) fill(el, list.length ? whole : none);
      if (list.length) go(last || at < 0 ? list.length - 1 : Math.min(at, list.length - 1));
    },
  };
}
