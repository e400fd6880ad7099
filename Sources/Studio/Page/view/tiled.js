// A picture laid three by three, and how much its edges stand out against its inside.

import { h } from '../core/dom.js';
import { figure, t } from '../core/words.js';
import { fit } from '../core/theme.js';

/** @param {import('../core/store.js').Picture} p @param {{width: number, height: number}} room */
export function tiled(p, room) {
  const size = fit(p.width * 3, p.height * 3, room.width, room.height - 48);
  const words = h('p.badge', { 'data-testid': 'seam', text: '…' });
  const image = new Image();
  image.src = p.url;
  image.decode().then(() => {
    const ratio = seam(image, p.width, p.height);
    words.dataset.ratio = String(ratio);
    words.textContent = t(ratio < 1.2 ? 'seam.good' : 'seam.bad', { ratio: figure(ratio, 2) });
    words.classList.toggle('good', ratio < 1.2);
  }).catch(() => {});
  return h(
    'div.tiled',
    {},
    h(
      'div.checks',
      {},
      h('div', {
        class: size.times ? 'nine exact' : 'nine',
        role: 'img',
        'aria-label': t('seam.label'),
        'data-testid': 'nine',
        style: {
          width: `${size.width}px`,
          height: `${size.height}px`,
          'background-image': `url("${p.url}")`,
          'background-size': `${size.width / 3}px ${size.height / 3}px`,
        },
      }),
    ),
    words,
  );
}

/**
 * The mean step across the wrapped edges over the mean step between neighbours inside.
 * @param {CanvasImageSource} image @param {number} width @param {number} height
 */
export function seam(image, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  pen.drawImage(image, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const step = (/** @type {number} */ a, /** @type {number} */ b) => {
    let sum = 0;
    for (let c = 0; c < 4; c += 1) sum += Math.abs(data[a * 4 + c] - data[b * 4 + c]);
    return sum;
  };
  let edge = 0, edges = 0, inside = 0, insides = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const here = y * width + x;
      for (
        const [there, wraps] of [[y * width + ((x + 1) % width), x + 1 === width], [
          ((y + 1) % height) * width + x,
          y + 1 === height,
        ]]
      ) {
        const value = step(here, Number(there));
        if (wraps) {
          edge += value;
          edges += 1;
        } else {
          inside += value;
          insides += 1;
        }
      }
    }
  }
  return (edge / Math.max(1, edges)) / Math.max(1e-6, inside / Math.max(1, insides));
}
