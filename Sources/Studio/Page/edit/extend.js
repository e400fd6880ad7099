// More around a picture: zoomed out, half a side more in one direction, or made square.

import { h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { model } from '../core/store.js';
import { fit } from '../core/theme.js';
import { go } from '../core/router.js';
import { order } from '../feed/actions.js';

/** What makes a picture square, in shares of its sides. @param {{width: number, height: number}} p @returns {Record<string, number>|null} */
export function squared({ width, height }) {
  if (width === height) return null;
  const half = Math.abs(width - height) / 2 / Math.min(width, height);
  return width > height ? { top: half, bottom: half } : { left: half, right: half };
}

/** @param {import('../core/store.js').Picture} p */
export function extend(p) {
  const prompt = h('textarea', {
    rows: 2,
    'aria-label': t('edit.prompt'),
    placeholder: t('edit.prompt'),
    'data-testid': 'extend-prompt',
    value: p.prompt,
  });
  const send = async (/** @type {Record<string, number>} */ numbers) => {
    if (
      await order({
        kind: 'outpaint',
        pictures: [p.id],
        numbers,
        prompt: prompt.value,
        model: model(p.model)?.id ?? '',
      })
    ) go('/create');
  };
  const half = 0.5;
  const square = squared(p);
  const size = fit(p.width, p.height, Math.min(256, innerWidth - 160), 256);
  const pan = (/** @type {string} */ side, /** @type {string} */ image) =>
    h(`button.pan.${side}`, {
      'aria-label': t('edit.' + side),
      title: `${t('edit.pan')}: ${t('edit.' + side)}`,
      'data-testid': `pan-${side}`,
      onclick: () => send({ [side]: half }),
    }, icon(image, 20));
  return h(
    'div.editor',
    {},
    h(
      'div.around',
      {},
      pan('top', 'up'),
      pan('left', 'left'),
      h('img.exact.checks', {
        src: p.url,
        alt: p.prompt,
        style: { width: `${size.width}px`, height: `${size.height}px` },
      }),
      pan('right', 'right'),
      pan('bottom', 'down'),
    ),
    h(
      'div.row.wrap.center',
      {},
      h('button', { 'data-testid': 'zoom-1.5', onclick: () => send({ zoom: 1.5 }), text: t('edit.zoom15') }),
      h('button', { 'data-testid': 'zoom-2', onclick: () => send({ zoom: 2 }), text: t('edit.zoom2') }),
      h('button', {
        'data-testid': 'make-square',
        disabled: !square,
        title: square ? null : t('edit.square.is'),
        onclick: () => square && send(square),
        text: t('edit.square'),
      }),
    ),
    h('label.field', {}, h('span.label', { text: t('edit.prompt') }), prompt),
  );
}
