// Two pictures against each other: a slider, side by side, or flickering at one place.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { figure, t } from '../core/words.js';
import { on, picture } from '../core/store.js';
import { fail } from '../core/notes.js';
import { bind } from '../core/keys.js';
import { go, here } from '../core/router.js';
import { emptyPlace, newest, tries } from '../help/examples.js';
import { fit } from '../core/theme.js';
import { openPicture } from '../view/lightbox.js';

const place = /** @type {any} */ (document.querySelector('section[data-place="compare"]'));
const still = matchMedia('(prefers-reduced-motion: reduce)');
let mode = 'slider';
let at = 50;
let timer = 0;
/** @type {import('../core/store.js').Picture[]} */
let pair = [];

/** How many pixels differ, as a share. @param {import('../core/store.js').Picture} a @param {import('../core/store.js').Picture} b */
async function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return null;
  const pixels = await Promise.all([a, b].map(async (p) => {
    const image = new Image();
    image.src = p.url;
    await image.decode();
    const canvas = new OffscreenCanvas(p.width, p.height);
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.drawImage(image, 0, 0);
    return new Uint32Array(pen.getImageData(0, 0, p.width, p.height).data.buffer);
  }));
  let differ = 0;
  for (let i = 0; i < pixels[0].length; i += 1) if (pixels[0][i] !== pixels[1][i]) differ += 1;
  return differ / pixels[0].length;
}

function draw() {
  clearInterval(timer);
  const [a, b] = pair;
  if (!a) return;
  const sides = mode === 'sides';
  const room = (place.clientWidth - (sides ? 24 : 0)) / (sides && innerWidth > 640 ? 2 : 1);
  const down = Math.max(200, innerHeight - 260);
  const big = a.width >= b.width ? a : b;
  const size = fit(big.width, big.height, room, down);
  const style = { width: `${size.width}px`, height: `${size.height}px` };
  const image = (/** @type {import('../core/store.js').Picture} */ p, /** @type {string} */ letter) =>
    h('img.exact', {
      src: p.url,
      alt: `${letter}: ${p.prompt}`,
      'data-testid': `compare-${letter}`,
      draggable: 'false',
    });
  const stage = h('div.pair.checks', { style, 'data-mode': mode, 'data-testid': 'compare-stage' });
  const slider = h('input', {
    type: 'range',
    min: 0,
    max: 100,
    step: 0.5,
    value: at,
    'aria-label': t('compare.at'),
    'data-testid': 'compare-slider',
    oninput: () => cut(Number(slider.value)),
  });
  const cut = (/** @type {number} */ value) => {
    at = value;
    slider.value = String(value);
    stage.style.setProperty('--at', `${value}%`);
  };
  const caption = (/** @type {import('../core/store.js').Picture} */ p, /** @type {string} */ letter) =>
    h(
      'button.quiet.caption',
      { onclick: () => openPicture(p.id, pair.map((x) => x.id)) },
      h('b', { text: letter }),
      h('span', { text: `${p.prompt} · ${p.seed} · ${p.width} × ${p.height}` }),
    );
  const shown = sides
    ? h(
      'div.two',
      {},
      h('figure', {}, h('div.checks', { style }, image(a, 'A')), caption(a, 'A')),
      h('figure', {}, h('div.checks', { style }, image(b, 'B')), caption(b, 'B')),
    )
    : h(
      'div.one',
      {},
      stage,
      mode === 'slider' ? slider : null,
      h('div.row.wrap', {}, caption(a, 'A'), h('span.grow'), caption(b, 'B')),
    );
  if (!sides) stage.append(image(b, 'B'), image(a, 'A'));
  if (mode === 'slider') {
    stage.append(h('span.cut'));
    slider.style.width = style.width;
    cut(at);
    const drag = (/** @type {PointerEvent} */ e) => {
      if (e.buttons || e.type === 'pointerdown') {
        const r = stage.getBoundingClientRect();
        cut(Math.max(0, Math.min(100, (100 * (e.clientX - r.left)) / r.width)));
      }
    };
    stage.addEventListener('pointerdown', (/** @type {PointerEvent} */ e) => {
      stage.setPointerCapture(e.pointerId);
      drag(e);
    });
    stage.addEventListener('pointermove', drag);
  } else if (mode === 'flicker') {
    const flip = () => stage.classList.toggle('first');
    stage.classList.add('first');
    stage.addEventListener('click', flip);
    if (!still.matches) timer = setInterval(flip, 500);
  }
  const words = h('span.small', { 'data-testid': 'compare-difference' });
  difference(a, b).then((share) => {
    if (share !== null) words.textContent = t('compare.share', { n: figure(share * 100, 1) });
  }).catch(() => {});
  fill(
    place,
    h(
      'div.row.wrap.head',
      {},
      h('h1', { text: t('place.compare') }),
      h(
        'div.choice',
        { role: 'group', 'aria-label': t('place.compare') },
        ['slider', 'sides', 'flicker'].map((m) =>
          h('button', {
            'aria-pressed': String(mode === m),
            'data-testid': `compare-${m}-mode`,
            onclick: () => turn(m),
            text: t('compare.' + m),
          })
        ),
      ),
      h('button.quiet', { onclick: swap, 'data-testid': 'compare-swap' }, icon('reroll', 16), t('compare.swap')),
      h('span.grow'),
      words,
    ),
    shown,
  );
}

const turn = (/** @type {string} */ to) => {
  mode = to;
  draw();
};
const swap = () => go(`/compare/${pair[1].id}/${pair[0].id}`, true);

/** The two newest pictures, or prompts where there are fewer. */
function example() {
  const [b, a] = newest(2);
  if (!a || !b) return tries();
  return h('button', {
    type: 'button',
    'data-testid': 'compare-example',
    text: t('compare.example'),
    onclick: () => go(`/compare/${a.id}/${b.id}`),
  });
}

export const compare = {
  /** @param {string} [a] @param {string} [b] */
  async show(a, b) {
    if (!a || !b) return fill(place, emptyPlace(t('compare.empty'), example()));
    try {
      pair = await Promise.all([picture(a), picture(b)]);
      draw();
    } catch (error) {
      fail(place, error, () => compare.show(a, b));
    }
  },
  hide: () => clearInterval(timer),
};

on('pictures', () => {
  if (here() === 'compare' && place.querySelector('[data-testid=empty-place]')) compare.show();
});
on('looks', () => {
  if (here() === 'compare') draw();
});
window.addEventListener('resize', () => {
  if (here() === 'compare') draw();
});
bind('compare', { slider: () => turn('slider'), sides: () => turn('sides'), flicker: () => turn('flicker'), swap });
