// Curves drawn as SVG: those of one family in one figure, told apart by tone and dash, read off under the pointer.

import { fill, h, s } from '../core/dom.js';
import { figure, t } from '../core/words.js';

const W = 360, H = 160, LEFT = 44, BOTTOM = 22, TOP = 8, RIGHT = 8;

/** @param {Record<string, number[][]>} all */
export function curves(all) {
  /** @type {Map<string, string[]>} */
  const families = new Map();
  for (const name of Object.keys(all)) {
    const parts = name.split('/');
    const pair = /^(G|D)$/.test(parts[1] ?? '')
      ? [parts[0], parts.slice(2).join('/')].join(' ')
      : parts.length > 2
      ? parts.slice(0, -1).join('/')
      : name;
    if (!families.has(pair)) families.set(pair, []);
    families.get(pair)?.push(name);
  }
  const order = (/** @type {string} */ n) => (/score/i.test(n) ? 0 : /loss/i.test(n) ? 1 : /metric/i.test(n) ? 2 : 3);
  /** What was measured only once says little: it comes last. */
  const once = (/** @type {string[]} */ names) => Number(names.every((n) => all[n].length < 2));
  const sorted = [...families].sort((a, b) => once(a[1]) - once(b[1]) || order(a[0]) - order(b[0]));
  return h(
    'div.curves',
    { 'data-testid': 'curves' },
    sorted.map(([title, names]) => chart(title, names.slice(0, 4).map((n) => ({ name: n, points: all[n] })))),
  );
}

/** Round steps for an axis. @param {number} low @param {number} high @param {number} count */
function ticks(low, high, count) {
  const raw = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= raw) ?? 10);
  const out = [];
  const first = Math.ceil(low / step);
  // Counted, for beside very large numbers a small step adds nothing.
  for (let i = 0; i <= 2 * count + 2; i += 1) {
    const v = (first + i) * step;
    if (!(v <= high + step * 1e-6)) break;
    out.push(Math.abs(v) < step * 1e-6 ? 0 : v);
  }
  return out;
}

const short = (
  /** @type {number} */ v,
) => (Math.abs(v) >= 1e6
  ? `${+(v / 1e6).toPrecision(3)}M`
  : Math.abs(v) >= 1e4
  ? `${+(v / 1e3).toPrecision(3)}k`
  : String(+v.toPrecision(3)));

/** @param {string} title @param {{name: string, points: number[][]}[]} lines */
function chart(title, lines) {
  const clean = lines.map((l) => ({
    ...l,
    // Differences of the largest numbers are none.
    points: l.points.filter(([x, y]) => Math.abs(x) < 1e300 && Math.abs(y) < 1e300),
  }));
  const flat = clean.flatMap((l) => l.points);
  const caption = h(
    'figcaption',
    {},
    h('b', { text: title }),
    clean.length > 1
      ? clean.map((l, i) =>
        h(
          'span.key',
          {},
          s(
            'svg',
            { width: 20, height: 8, 'aria-hidden': 'true' },
            s('path', { d: 'M0 4H20', class: `line line-${i}` }),
          ),
          l.name.split('/').filter((p) => !title.split(/[/ ]/).includes(p)).join('/') || l.name,
        )
      )
      : null,
  );
  if (!flat.length) return h('figure.chart', {}, caption);
  let x0 = Math.min(...flat.map((p) => p[0])), x1 = Math.max(...flat.map((p) => p[0]));
  let y0 = Math.min(...flat.map((p) => p[1])), y1 = Math.max(...flat.map((p) => p[1]));
  if (x0 === x1) {
    x0 -= 1;
    x1 += 1;
  }
  if (y0 === y1) {
    y0 -= Math.abs(y0) * 0.1 || 1;
    y1 += Math.abs(y1) * 0.1 || 1;
  }
  const pad = (y1 - y0) * 0.06;
  y0 -= pad;
  y1 += pad;
  const sx = (/** @type {number} */ x) => LEFT + ((x - x0) / (x1 - x0)) * (W - LEFT - RIGHT);
  const sy = (/** @type {number} */ y) => H - BOTTOM - ((y - y0) / (y1 - y0)) * (H - BOTTOM - TOP);
  const path = (/** @type {number[][]} */ points) =>
    points.map(([x, y], i) => `${i ? 'L' : 'M'}${sx(x).toFixed(1)} ${sy(y).toFixed(1)}`).join('');
  const read = s('text', { x: W - RIGHT, y: TOP + 8, 'text-anchor': 'end', class: 'read' });
  const rule = s('path', { class: 'rule' });
  const last = clean.map((l) => `${l.name} ${short(l.points.at(-1)?.[1] ?? NaN)}`).join(', ');
  const svg = s(
    'svg',
    {
      viewBox: `0 0 ${W} ${H}`,
      role: 'img',
      'aria-label': `${title}: ${last}`,
      'data-testid': 'curve',
      'data-name': title,
      'data-points': clean[0].points.length,
      onpointermove: (/** @type {PointerEvent} */ e) => {
        const box = svg.getBoundingClientRect();
        const x = x0 + (((e.clientX - box.left) / box.width) * W - LEFT) / (W - LEFT - RIGHT) * (x1 - x0);
        const near = clean.map((l) =>
          l.points.reduce((a, b) => (Math.abs(b[0] - x) < Math.abs(a[0] - x) ? b : a), l.points[0])
        ).filter(Boolean);
        rule.setAttribute('d', `M${sx(near[0][0])} ${TOP}V${H - BOTTOM}`);
        fill(read, `${figure(near[0][0])}: ${near.map((p) => short(p[1])).join(' · ')}`);
      },
      onpointerleave: () => {
        rule.setAttribute('d', '');
        fill(read);
      },
    },
    ticks(y0, y1, 4).map((
      v,
    ) => [
      s('path', { d: `M${LEFT} ${sy(v)}H${W - RIGHT}`, class: 'grid-line' }),
      s('text', { x: LEFT - 6, y: sy(v) + 4, 'text-anchor': 'end' }, short(v)),
    ]),
    (x1 - x0 === 2 && flat.every(([x]) => x === x0 + 1) ? [x0 + 1] : ticks(x0, x1, 4)).map((v) =>
      s('text', { x: sx(v), y: H - 6, 'text-anchor': 'middle' }, short(v))
    ),
    clean.map((
      l,
      i,
    ) => (l.points.length === 1
      ? s('circle', { cx: sx(l.points[0][0]), cy: sy(l.points[0][1]), r: 3, class: `line line-${i}` })
      : s('path', { d: path(l.points), class: `line line-${i}` }))
    ),
    rule,
    read,
  );
  return h('figure.chart', { title: t('train.read') }, caption, svg);
}
