// The canvas: picture and mask at any zoom, painted by mouse, pen or finger.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';

/**
 * @param {import('../core/store.js').Picture} p the picture @param {import('./mask.js').Mask} mask @param {{tool: string, size: number, see: number}} state
 * @param {() => void} changed
 */
export function paintCanvas(p, mask, state, changed) {
  const canvas = h('canvas.paint', { tabindex: 0, 'aria-label': t('edit.canvas'), 'data-testid': 'canvas' });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const layer = h('canvas', { width: p.width, height: p.height });
  const image = new Image();
  const view = { scale: 1, x: 0, y: 0 };
  const fingers = new Map();
  let last = /** @type {number[]|null} */ (null);
  let cursor = /** @type {number[]|null} */ (null);
  let moving = false;
  let space = false;
  let asked = 0;
  const dots = () => window.devicePixelRatio || 1;
  const tone = () => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();

  /** The whole picture, at a whole multiple where one fits. */
  function fitView() {
    const room = Math.min(canvas.width / p.width, canvas.height / p.height) * 0.94;
    view.scale = room >= 1 ? Math.floor(room) : room;
    view.x = Math.round((canvas.width - p.width * view.scale) / 2);
    view.y = Math.round((canvas.height - p.height * view.scale) / 2);
    draw();
  }

  /** @param {number} factor @param {number} [cx] @param {number} [cy] in canvas pixels */
  function zoom(factor, cx = canvas.width / 2, cy = canvas.height / 2) {
    const next = Math.max(0.25, Math.min(64, view.scale * factor));
    view.x = cx - ((cx - view.x) * next) / view.scale;
    view.y = cy - ((cy - view.y) * next) / view.scale;
    view.scale = next;
    draw();
  }

  const draw = () => {
    if (!asked) asked = requestAnimationFrame(paint);
  };

  function paint() {
    asked = 0;
    const { width, height } = canvas;
    pen.clearRect(0, 0, width, height);
    const style = getComputedStyle(document.documentElement);
    const [w, hgt] = [p.width * view.scale, p.height * view.scale];
    const cell = 8 * dots();
    pen.save();
    pen.beginPath();
    pen.rect(view.x, view.y, w, hgt);
    pen.clip();
    for (let y = Math.max(0, view.y); y < Math.min(height, view.y + hgt); y += cell) {
      for (let x = Math.max(0, view.x); x < Math.min(width, view.x + w); x += cell) {
        pen.fillStyle = style.getPropertyValue(
          (Math.round((x - view.x) / cell) + Math.round((y - view.y) / cell)) % 2 ? '--check-a' : '--check-b',
        );
        pen.fillRect(x, y, cell, cell);
      }
    }
    pen.restore();
    pen.imageSmoothingEnabled = document.documentElement.dataset.pixels === 'smooth' || view.scale < 1;
    if (image.complete && image.naturalWidth) pen.drawImage(image, view.x, view.y, w, hgt);
    mask.show(hex(tone()), layer);
    pen.imageSmoothingEnabled = false;
    pen.globalAlpha = state.see;
    pen.drawImage(layer, view.x, view.y, w, hgt);
    pen.globalAlpha = 1;
    outline(style);
    if (!cursor || moving) return;
    pen.beginPath();
    pen.arc(cursor[0], cursor[1], Math.max(2, (state.size / 2) * view.scale), 0, 7);
    pen.lineWidth = 3 * dots();
    pen.strokeStyle = style.getPropertyValue('--ground');
    pen.stroke();
    pen.lineWidth = 1.5 * dots();
    pen.strokeStyle = style.getPropertyValue('--text');
    pen.stroke();
  }

  /** The mask's edge, seen on any colour. @param {CSSStyleDeclaration} style */
  function outline(style) {
    const { bytes, width, height } = mask;
    const path = new Path2D();
    const at = (
      /** @type {number} */ x,
      /** @type {number} */ y,
    ) => (x >= 0 && y >= 0 && x < width && y < height ? bytes[y * width + x] : 0);
    const line = (
      /** @type {number} */ x,
      /** @type {number} */ y,
      /** @type {number} */ right,
      /** @type {number} */ down,
    ) => {
      path.moveTo(view.x + x * view.scale, view.y + y * view.scale);
      path.lineTo(view.x + (x + right) * view.scale, view.y + (y + down) * view.scale);
    };
    for (let y = 0; y <= height; y += 1) {
      for (let x = 0; x <= width; x += 1) {
        if (at(x, y) !== at(x, y - 1)) line(x, y, 1, 0);
        if (at(x, y) !== at(x - 1, y)) line(x, y, 0, 1);
      }
    }
    for (
      const { tone, thick } of [{ tone: '#000', thick: 3 }, { tone: style.getPropertyValue('--accent'), thick: 1.5 }]
    ) {
      pen.lineWidth = thick * dots();
      pen.strokeStyle = tone;
      pen.stroke(path);
    }
  }

  const spot = (/** @type {any} */ e) => {
    const box = canvas.getBoundingClientRect();
    return [(e.clientX - box.left) * dots(), (e.clientY - box.top) * dots()];
  };
  const onPicture = (/** @type {number[]} */ at) => [(at[0] - view.x) / view.scale, (at[1] - view.y) / view.scale];
  const radius = (/** @type {PointerEvent} */ e) =>
    Math.max(0.5, (state.size / 2) * (e.pointerType === 'pen' && e.pressure ? 0.25 + 0.75 * e.pressure : 1));

  canvas.addEventListener('pointerdown', (/** @type {PointerEvent} */ e) => {
    canvas.setPointerCapture(e.pointerId);
    canvas.focus({ preventScroll: true });
    const at = spot(e);
    fingers.set(e.pointerId, at);
    if (fingers.size === 2 && last) {
      mask.undo();
      last = null;
      changed();
    }
    moving = e.button === 1 || space || fingers.size > 1;
    if (moving) {
      e.preventDefault();
      return;
    }
    if (e.button) return;
    mask.begin();
    last = onPicture(at);
    mask.line(last, last, radius(e), state.tool === 'brush' && !(e.buttons & 32));
    changed();
    draw();
  });
  canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => {
    const at = spot(e);
    cursor = at;
    const before = fingers.get(e.pointerId);
    if (moving && before) {
      if (fingers.size === 2) pinch(e.pointerId, before, at);
      else {
        view.x += at[0] - before[0];
        view.y += at[1] - before[1];
      }
    } else if (last) {
      for (const one of e.getCoalescedEvents?.().length ? e.getCoalescedEvents() : [e]) {
        const next = onPicture(spot(one));
        mask.line(last, next, radius(one), state.tool === 'brush' && !(e.buttons & 32));
        last = next;
      }
    }
    if (before) fingers.set(e.pointerId, at);
    draw();
  });
  /** @param {number} id @param {number[]} before @param {number[]} at */
  function pinch(id, before, at) {
    const other = [...fingers].find(([key]) => key !== id)?.[1] ?? at;
    const far = Math.hypot(at[0] - other[0], at[1] - other[1]) /
      Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1]));
    view.x += (at[0] - before[0]) / 2;
    view.y += (at[1] - before[1]) / 2;
    zoom(far, (at[0] + other[0]) / 2, (at[1] + other[1]) / 2);
  }
  const up = (/** @type {PointerEvent} */ e) => {
    fingers.delete(e.pointerId);
    if (last) {
      last = null;
      changed();
    }
    if (!fingers.size) moving = false;
    draw();
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('pointerleave', () => {
    cursor = null;
    draw();
  });
  canvas.addEventListener('wheel', (/** @type {WheelEvent} */ e) => {
    e.preventDefault();
    const at = spot(e);
    zoom(Math.exp(-e.deltaY * 0.0015), at[0], at[1]);
  }, { passive: false });
  canvas.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
    if (e.key === ' ') {
      space = true;
      e.preventDefault();
      canvas.classList.add('moves');
    }
  });
  canvas.addEventListener('keyup', (/** @type {KeyboardEvent} */ e) => {
    if (e.key === ' ') {
      space = false;
      canvas.classList.remove('moves');
    }
  });
  new ResizeObserver(() => {
    canvas.width = Math.round(canvas.clientWidth * dots());
    canvas.height = Math.round(canvas.clientHeight * dots());
    fitView();
  }).observe(canvas);
  image.onload = draw;
  image.src = p.url;
  return { canvas, draw, fit: fitView, zoom, view };
}

/** A colour as three bytes. @param {string} text */
function hex(text) {
  const value = parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
