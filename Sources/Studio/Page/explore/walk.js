// The walk: the point goes around the middle at its distance, and comes back to where it began.

import { at, move } from './at.js';

const still = matchMedia('(prefers-reduced-motion: reduce)');
/** Milliseconds for a time around, and the steps of those who want nothing to move. */
const AROUND = 12_000;
const STEPS = 24;

/** @param {() => void} told it began or ended */
export function walk(told) {
  let frame = 0;
  let angle = 0;
  let radius = 0;
  let before = 0;

  const begin = () => {
    const far = Math.hypot(at.x, at.y);
    radius = far < 0.05 ? 0.5 : Math.min(1, far);
    angle = far < 0.05 ? 0 : Math.atan2(at.y, at.x);
  };
  const go = () => move({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
  const step = (/** @type {number} */ now) => {
    angle += (2 * Math.PI * Math.min(100, now - before)) / AROUND;
    before = now;
    go();
    frame = requestAnimationFrame(step);
  };
  const it = {
    /** Whether the point walks. */
    get walks() {
      return frame !== 0;
    },
    /** Whether it goes by steps. */
    get steps() {
      return still.matches;
    },
    stop() {
      if (!frame) return;
      cancelAnimationFrame(frame);
      frame = 0;
      told();
    },
    /** Begins or ends; or takes a step. */
    turn() {
      if (it.walks) return it.stop();
      begin();
      if (still.matches) {
        angle += (2 * Math.PI) / STEPS;
        return go();
      }
      before = performance.now();
      frame = requestAnimationFrame(step);
      told();
    },
  };
  still.addEventListener('change', () => {
    it.stop();
    told();
  });
  return it;
}
