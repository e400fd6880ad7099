// The pad: a point between pictures of a seed, moved by pointer or arrow keys.

import { h, s } from '../core/dom.js';
import { figure, t } from '../core/words.js';
import { at, move } from './at.js';

/** @type {Record<string, number[]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {() => void} taken the person moves the point */
export function pad(taken) {
  const knob = h('div.knob', { 'aria-hidden': 'true' });
  const ring = s('circle', { cx: 0, cy: 0, r: 0, class: 'ring' });
  const marks = { middle: h('span.mark.middle'), right: h('span.mark.right'), top: h('span.mark.top') };
  const el = h(
    'div.pad',
    {
      role: 'slider',
      tabindex: 0,
      'aria-label': t('explore.pad'),
      'aria-describedby': 'pad-hint',
      'aria-valuemin': -1,
      'aria-valuemax': 1,
      'data-testid': 'pad',
      onkeydown: (/** @type {KeyboardEvent} */ e) => {
        if (e.ctrlKey || e.altKey || e.metaKey) return;
        const step = STEPS[e.key];
        if (!step && e.key !== 'Home') return;
        const far = e.shiftKey ? 0.2 : 0.05;
        taken();
        move(step ? { x: at.x + step[0] * far, y: at.y + step[1] * far } : { x: 0, y: 0 });
        e.preventDefault();
        e.stopPropagation();
      },
      onpointerdown: (/** @type {PointerEvent} */ e) => {
        if (e.button) return;
        el.setPointerCapture(e.pointerId);
        taken();
        drag(e);
      },
      onpointermove: (/** @type {PointerEvent} */ e) => {
        if (el.hasPointerCapture(e.pointerId)) drag(e);
      },
    },
    s(
      'svg',
      { viewBox: '-1 -1 2 2', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      s('path', { d: 'M-1 0H1M0 -1V1', class: 'cross' }),
      ring,
    ),
    Object.values(marks),
    knob,
  );

  /** @param {PointerEvent} e */
  function drag(e) {
    const box = el.getBoundingClientRect();
    move({ x: (2 * (e.clientX - box.left)) / box.width - 1, y: 1 - (2 * (e.clientY - box.top)) / box.height });
  }

  return {
    el,
    /** Shows where the point is. */
    show() {
      knob.style.setProperty('--x', String(at.x));
      knob.style.setProperty('--y', String(at.y));
      ring.setAttribute('r', String(Math.min(1, Math.hypot(at.x, at.y))));
      for (const [i, mark] of [marks.middle, marks.right, marks.top].entries()) mark.textContent = `#${at.index + i}`;
      el.setAttribute('aria-valuenow', String(at.x));
      el.setAttribute('aria-valuetext', t('explore.place', { x: figure(at.x, 3), y: figure(at.y, 3) }));
    },
  };
}
