// The lineage of a picture: what it was made of and what was made of it, as a small tree.

import { s } from '../core/dom.js';
import { t } from '../core/words.js';

const STEP = 88;
const SIDE = 56;

/** The line of a picture: all that it comes from and all that came from it, without its siblings. @param {{nodes: any[], edges: string[][]}} tree @param {string} id */
function line(tree, id) {
  const kept = new Set([id]);
  for (const [from, to] of [[0, 1], [1, 0]]) {
    const way = [id];
    for (let at = way.pop(); at; at = way.pop()) {
      for (const edge of tree.edges) {
        if (edge[from] !== at || kept.has(edge[to])) continue;
        kept.add(edge[to]);
        way.push(edge[to]);
      }
    }
  }
  return {
    nodes: tree.nodes.filter((n) => kept.has(n.id)),
    edges: tree.edges.filter(([a, b]) => kept.has(a) && kept.has(b)),
  };
}

/** @param {{nodes: any[], edges: string[][]}} family @param {string} id @param {(id: string) => void} open */
export function lineage(family, id, open) {
  const tree = line(family, id);
  /** @type {Map<string, number>} */
  const depth = new Map();
  const parents = (/** @type {string} */ child) => tree.edges.filter(([, c]) => c === child).map(([p]) => p);
  const deep = (/** @type {string} */ node, seen = new Set()) => {
    if (depth.has(node)) return depth.get(node) ?? 0;
    if (seen.has(node)) return 0;
    seen.add(node);
    const over = parents(node).map((p) => /** @type {number} */ (deep(p, seen)) + 1);
    depth.set(node, Math.max(0, ...over));
    return depth.get(node) ?? 0;
  };
  /** @type {any[][]} */
  const rows = [];
  for (const node of tree.nodes) (rows[deep(node.id)] ??= []).push(node);
  const width = Math.max(...rows.map((r) => r.length)) * STEP;
  const at = new Map();
  rows.forEach((row, y) =>
    row.forEach((node, x) => at.set(node.id, [(x + 0.5) * (width / row.length), y * STEP + SIDE / 2 + 2]))
  );
  const lines = tree.edges.filter(([a, b]) => at.has(a) && at.has(b)).map(([a, b]) => {
    const [ax, ay] = at.get(a), [bx, by] = at.get(b);
    return s('path', {
      d: `M${ax} ${ay + SIDE / 2}C${ax} ${ay + SIDE / 2 + 16} ${bx} ${by - SIDE / 2 - 16} ${bx} ${by - SIDE / 2}`,
      class: 'edge',
    });
  });
  const nodes = tree.nodes.map((node) => {
    const [x, y] = at.get(node.id);
    const go = () => open(node.id);
    return s(
      'g',
      {
        class: node.id === id ? 'node now' : 'node',
        role: 'button',
        tabindex: 0,
        'data-testid': 'lineage-node',
        'data-id': node.id,
        'aria-label': `${t('kind.' + node.kind)}: ${node.prompt}`,
        onclick: go,
        onkeydown: (/** @type {KeyboardEvent} */ e) => {
          if (e.key === 'Enter') {
            e.stopPropagation();
            go();
          }
        },
      },
      s('rect', { x: x - SIDE / 2 - 2, y: y - SIDE / 2 - 2, width: SIDE + 4, height: SIDE + 4, rx: 4 }),
      s('image', { href: node.url, x: x - SIDE / 2, y: y - SIDE / 2, width: SIDE, height: SIDE, class: 'exact' }),
      s('text', { x, y: y + SIDE / 2 + 14, 'text-anchor': 'middle' }, t('kind.' + node.kind)),
    );
  });
  return s(
    'svg',
    {
      class: 'lineage',
      viewBox: `0 0 ${width} ${rows.length * STEP}`,
      width,
      height: rows.length * STEP,
      role: 'group',
      'aria-label': t('info.lineage'),
    },
    lines,
    nodes,
  );
}
