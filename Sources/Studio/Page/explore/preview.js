// The preview: one request at a time, and the latest place wins.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';
import { postForFile } from '../core/api.js';
import { fit } from '../core/theme.js';
import { errorBox } from '../core/notes.js';

export function preview() {
  const canvas = h('canvas', {
    role: 'img',
    'aria-label': t('explore.preview'),
    width: 1,
    height: 1,
    'data-testid': 'explore-preview',
    hidden: true,
  });
  const error = h('div.over');
  const time = h('span.small.time', { 'data-testid': 'explore-time' });
  const stage = h('div.stage', {}, canvas, error);
  /** @type {any} */
  let wanted = null;
  let busy = false;

  /** Fits the picture into its room, at whole multiples. */
  function layOut() {
    const size = fit(canvas.width, canvas.height, stage.clientWidth, stage.clientHeight);
    canvas.className = size.times ? 'exact checks' : 'checks';
    canvas.style.setProperty('width', `${size.width}px`);
    canvas.style.setProperty('height', `${size.height}px`);
  }

  /** @param {Blob} file */
  async function paint(file) {
    const picture = await createImageBitmap(file);
    if (canvas.width !== picture.width || canvas.height !== picture.height || canvas.hidden) {
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.hidden = false;
      layOut();
    }
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.clearRect(0, 0, picture.width, picture.height);
    pen.drawImage(picture, 0, 0);
    picture.close();
  }

  async function work() {
    if (busy) return;
    busy = true;
    while (wanted) {
      const body = wanted;
      wanted = null;
      const began = performance.now();
      try {
        const file = await postForFile('/api/explore', body);
        const spent = performance.now() - began;
        await paint(file);
        time.textContent = t('explore.time', { n: Math.max(1, Math.round(spent)) });
        canvas.dataset.place = JSON.stringify(body);
        error.replaceChildren();
      } catch (problem) {
        const again = () => {
          wanted ??= body;
          work();
        };
        if (/** @type {any} */ (problem).status === 429) {
          await new Promise((done) => {
            setTimeout(done, 1000 * Math.max(1, /** @type {any} */ (problem).retryAfter));
          });
          wanted ??= body;
        } else if (!wanted) error.replaceChildren(errorBox(problem, again));
      }
    }
    busy = false;
  }

  new ResizeObserver(layOut).observe(stage);
  return {
    stage,
    time,
    /** Asks for the picture of a place. @param {any} body */
    show(body) {
      wanted = body;
      work();
    },
    /** Wants no more. */
    stop() {
      wanted = null;
    },
  };
}
