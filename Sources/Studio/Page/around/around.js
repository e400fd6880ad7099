// A panorama, looked at from its middle: dragging and arrow keys turn, the wheel and + and − change how much is seen.

import { fill, h, settled } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { figure, t } from '../core/words.js';
import { bind } from '../core/keys.js';
import { picture } from '../core/store.js';
import { attempt } from '../core/notes.js';
import { fit } from '../core/theme.js';
import { scene } from './scene.js';

/** Degrees: where one looks, to the right and up, and how much is seen from top to bottom. */
const USUAL = { yaw: 0, pitch: 0, field: 75 };
const FIELDS = [20, 110];
const STEP = 10;

let box = /** @type {any} */ (null);
let view = { ...USUAL };
let shown = /** @type {ReturnType<typeof scene>} */ (null);
let back = /** @type {any} */ (null);

/** Whether a picture goes on from its right edge to its left one. @param {{width: number, height: number, prompt?: string}} p */
export const isAround = (p) => p.width === 2 * p.height || /(^|\s)--panorama(\s|$)/.test(p.prompt ?? '');

/** Opens a panorama. @param {string} id */
export async function lookAround(id) {
  const p = await attempt(() => picture(id));
  if (!p) return;
  if (!box) build();
  view = { ...USUAL };
  back = document.activeElement;
  const stage = h('div.stage');
  const hint = h('p.hidden', { id: 'around-hint', text: t('around.hint') });
  fill(box, tools(), stage, hint);
  box.setAttribute('aria-label', t('around.label'));
  box.showModal();
  const image = new Image();
  image.src = p.url;
  image.alt = p.prompt;
  if (!(await attempt(() => image.decode().then(() => true))) || !box.open) return;
  if (!paint(stage, image, p)) plain(stage, image);
}

/** Shows what is seen; false where the browser cannot. @param {HTMLElement} stage @param {HTMLImageElement} image @param {any} p */
function paint(stage, image, p) {
  const canvas = h('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-label': t('around.scene', { prompt: p.prompt }),
    'aria-describedby': 'around-hint around-where',
    'data-testid': 'around-canvas',
  });
  fill(stage, canvas);
  shown = scene(canvas, image);
  if (!shown) return false;
  canvas.addEventListener('webglcontextlost', () => {
    if (box.open && canvas.isConnected) plain(stage, image);
  });
  let from = [0, 0];
  canvas.addEventListener('pointerdown', (e) => {
    if (e.button) return;
    canvas.setPointerCapture(e.pointerId);
    from = [e.clientX, e.clientY];
  });
  canvas.addEventListener('pointermove', (e) => {
    if (!canvas.hasPointerCapture(e.pointerId)) return;
    const degrees = view.field / canvas.clientHeight;
    turn((from[0] - e.clientX) * degrees, (e.clientY - from[1]) * degrees);
    from = [e.clientX, e.clientY];
  });
  canvas.addEventListener('wheel', (e) => {
    e.preventDefault();
    widen(Math.exp(Math.sign(e.deltaY) * Math.min(Math.abs(e.deltaY), 100) / 800));
  }, { passive: false });
  canvas.focus();
  draw();
  return true;
}

/** The picture as it is, and why. @param {HTMLElement} stage @param {HTMLImageElement} image */
function plain(stage, image) {
  shown = null;
  const size = fit(image.naturalWidth, image.naturalHeight, stage.clientWidth - 32, stage.clientHeight - 64);
  image.style.width = `${size.width}px`;
  image.style.height = `${size.height}px`;
  image.dataset.testid = 'around-plain';
  fill(stage, image, h('p', { role: 'status', 'data-testid': 'around-none', text: t('around.none') }));
  for (const button of box.querySelectorAll('[data-turns]')) button.disabled = true;
  box.querySelector('[data-testid=around-close]').focus();
}

const told = settled(() => {
  const words = box.querySelector('#around-where');
  const { yaw, pitch, field } = view;
  const [right, up] = [((Math.round(yaw) + 540) % 360) - 180, Math.round(pitch)];
  const name = (/** @type {string} */ plus, /** @type {string} */ minus, /** @type {number} */ number) =>
    number ? t(`around.${number > 0 ? plus : minus}`, { n: figure(Math.abs(number), 0) }) : '';
  const parts = [name('right', 'left', right), name('up', 'down', up)].filter(Boolean);
  if (words) {
    words.textContent = t('around.where', {
      place: parts.join(t('around.and')) || t('around.ahead'),
      field: figure(field, 0),
    });
  }
}, 300);

function draw() {
  if (!shown) return;
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  shown.draw(radians(view.yaw), radians(view.pitch), radians(view.field));
  const { yaw, pitch, field } = view;
  Object.assign(box.querySelector('.stage').dataset, { yaw, pitch, field });
  told();
}

/** Turns by degrees. @param {number} right @param {number} up */
function turn(right, up) {
  view.yaw = (((view.yaw + right) % 360) + 360) % 360;
  view.pitch = Math.min(90, Math.max(-90, view.pitch + up));
  draw();
}

/** Shows so many times as much. @param {number} times */
function widen(times) {
  view.field = Math.min(FIELDS[1], Math.max(FIELDS[0], view.field * times));
  draw();
}

const ACTS = {
  left: () => turn(-STEP, 0),
  right: () => turn(STEP, 0),
  up: () => turn(0, STEP),
  down: () => turn(0, -STEP),
  in: () => widen(1 / 1.15),
  out: () => widen(1.15),
  middle: () => {
    view = { ...USUAL };
    draw();
  },
};

function tools() {
  const button = (
    /** @type {string} */ name,
    /** @type {string} */ image,
    /** @type {() => any} */ run,
    turns = true,
  ) =>
    h('button.quiet.square', {
      type: 'button',
      'aria-label': t('key.around.' + name),
      title: t('key.around.' + name),
      'data-testid': `around-${name}`,
      'data-turns': turns,
      onclick: run,
    }, icon(image));
  return h(
    'div.tools',
    {},
    h('output.count', { id: 'around-where', 'data-testid': 'around-where', 'aria-live': 'polite' }),
    h('span.grow'),
    button('left', 'left', ACTS.left),
    button('right', 'right', ACTS.right),
    button('up', 'up', ACTS.up),
    button('down', 'down', ACTS.down),
    button('in', 'create', ACTS.in),
    button('out', 'minus', ACTS.out),
    button('middle', 'middle', ACTS.middle),
    button('close', 'close', close, false),
  );
}

function close() {
  box.close();
}

function build() {
  box = h('dialog.lightbox.panorama', { 'data-scope': 'around', 'data-testid': 'around' });
  document.body.append(box);
  box.addEventListener('close', () => {
    shown?.end();
    shown = null;
    fill(box);
    back?.focus?.();
  });
  window.addEventListener('resize', () => {
    if (box.open) draw();
  });
  window.addEventListener('popstate', () => {
    if (box.open) close();
  });
  bind('around', { ...ACTS, close });
}
