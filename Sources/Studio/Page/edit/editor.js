// The editor: paint what shall be drawn anew, or let the picture grow beyond its edges.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { figure, t } from '../core/words.js';
import { call } from '../core/api.js';
import { model, on, picture } from '../core/store.js';
import { attempt, fail, note } from '../core/notes.js';
import { bind } from '../core/keys.js';
import { go, here } from '../core/router.js';
import { emptyPlace, someOf } from '../help/examples.js';
import { order } from '../feed/actions.js';
import { Mask } from './mask.js';
import { paintCanvas } from './canvas.js';
import { extend } from './extend.js';

const place = /** @type {any} */ (document.querySelector('section[data-place="edit"]'));
/** @type {Map<string, {mask: Mask, prompt: string}>} */
const works = new Map();
const state = { tool: 'brush', size: 8, see: 0.6 };
/** @type {any} */
let now = null;

/** @param {string} id */
async function open(id) {
  let p;
  try {
    p = await picture(id);
  } catch (error) {
    return fail(place, error, () => open(id));
  }
  if (!works.has(id)) {
    works.set(id, {
      mask: new Mask(p.width, p.height),
      prompt: (p.prompt ?? '').replace(/\s*--(seed|s|w|c)\s+\S+/g, ''),
    });
  }
  const work = /** @type {{mask: Mask, prompt: string}} */ (works.get(id));
  if (!now || now.p.width !== p.width) state.size = Math.max(1, Math.round(p.width / 8));
  const surface = paintCanvas(p, work.mask, state, () => changed());
  now = { p, work, surface };
  build(new URLSearchParams(location.search).get('tool') === 'extend');
}

function changed() {
  now.surface.draw();
  now.words.textContent = t('edit.painted', { n: figure(now.work.mask.share * 100, 1) });
  now.undo.disabled = !now.work.mask.before.length;
  now.redo.disabled = !now.work.mask.after.length;
}

/** @param {number} size */
function resize(size) {
  state.size = Math.max(1, Math.min(now.p.width, Math.round(size)));
  now.size.value = String(state.size);
  now.sizeWords.textContent = `${state.size} px`;
  now.surface.draw();
}

/** @param {string} tool */
function take(tool) {
  state.tool = tool;
  for (const b of place.querySelectorAll('[data-tool]')) {
    b.setAttribute('aria-pressed', String(b.dataset.tool === tool));
  }
}

const mutate = (/** @type {string} */ name) => () => {
  now.work.mask[name]();
  changed();
};
const larger = () => resize(Math.max(state.size + 1, state.size * 1.2));
const smaller = () => resize(Math.min(state.size - 1, state.size / 1.2));

/** @param {boolean} extending */
function build(extending) {
  const { p, work, surface } = now;
  const button = (/** @type {string} */ name, /** @type {() => any} */ run, /** @type {any} */ more = {}) =>
    h('button.quiet.square', {
      type: 'button',
      'aria-label': t('edit.' + name),
      title: t('edit.' + name),
      'data-testid': `edit-${name}`,
      onclick: run,
      ...more,
    }, icon({ in: 'create', out: 'minus' }[name] ?? name));
  now.size = h('input', {
    type: 'range',
    min: 1,
    max: Math.max(8, Math.round(p.width / 2)),
    value: state.size,
    'aria-label': t('edit.size'),
    'data-testid': 'edit-size',
    oninput: () => resize(Number(now.size.value)),
  });
  now.sizeWords = h('output', { text: `${state.size} px` });
  now.words = h('span.small', { 'data-testid': 'edit-painted' });
  now.undo = button('undo', mutate('undo'));
  now.redo = button('redo', mutate('redo'));
  const see = h('input', {
    type: 'range',
    min: 0.1,
    max: 1,
    step: 0.05,
    value: state.see,
    'aria-label': t('edit.see'),
    'data-testid': 'edit-see',
    oninput: () => {
      state.see = Number(see.value);
      surface.draw();
    },
  });
  const prompt = h('textarea', {
    rows: 2,
    'aria-label': t('edit.prompt'),
    placeholder: t('edit.prompt'),
    'data-testid': 'edit-prompt',
    oninput: () => {
      work.prompt = prompt.value;
    },
    value: work.prompt,
  });
  const tab = (/** @type {string} */ name, /** @type {boolean} */ is) =>
    h('button', {
      'aria-pressed': String(is),
      'data-testid': `tab-${name}`,
      onclick: () => go(`/edit/${p.id}${name === 'extend' ? '?tool=extend' : ''}`, true),
      text: t('edit.' + name),
    });
  fill(
    place,
    h(
      'div.row.wrap.head',
      {},
      h('h1', { text: t('place.edit') }),
      h(
        'div.choice',
        { role: 'group', 'aria-label': t('place.edit') },
        tab('paint', !extending),
        tab('extend', extending),
      ),
      h('span.small.one-line.grow', { text: `${p.prompt} · ${p.width} × ${p.height}` }),
    ),
    extending ? extend(p) : h(
      'div.editor',
      {},
      h(
        'div.toolbar',
        { role: 'toolbar', 'aria-label': t('place.edit') },
        ['brush', 'eraser'].map((name) =>
          button(name, () => take(name), { 'data-tool': name, 'aria-pressed': String(state.tool === name) })
        ),
        h('label.small.slide', {}, t('edit.size'), now.size, now.sizeWords),
        h('label.small.slide', {}, t('edit.see'), see),
        now.undo,
        now.redo,
        button('invert', mutate('invert')),
        button('clear', mutate('clear')),
        h('span.grow'),
        button('out', () => surface.zoom(1 / 1.5)),
        button('in', () => surface.zoom(1.5)),
        button('fit', surface.fit),
      ),
      surface.canvas,
      h('p.small', { text: t('edit.hint') }),
      h(
        'form.row.wrap',
        {
          onsubmit: (/** @type {Event} */ e) => {
            e.preventDefault();
            send();
          },
          onkeydown: (/** @type {KeyboardEvent} */ e) => {
            if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
              e.preventDefault();
              send();
            }
          },
        },
        prompt,
        h('button.primary', { type: 'submit', 'data-testid': 'edit-draw', text: t('edit.draw') }),
        now.words,
      ),
    ),
  );
  if (!extending) changed();
}

/** Sends mask and prompt. */
async function send() {
  const { p, work } = now;
  if (!work.mask.share) return note(t('edit.nothing'));
  await attempt(async () => {
    const mask = await call('POST', '/api/uploads', await work.mask.export());
    const jobs = await order({
      kind: 'inpaint',
      pictures: [p.id],
      mask: mask.id,
      prompt: work.prompt,
      model: model(p.model)?.id ?? '',
    });
    if (jobs) go('/create');
  });
}

export const editor = {
  /** @param {string} [id] */
  show: (id) => (id ? open(id) : fill(place, emptyPlace(t('edit.none'), someOf(8, (one) => go(`/edit/${one}`))))),
};

// The newest pictures come after the place is shown.
on('pictures', () => {
  if (here() === 'edit' && place.querySelector('[data-testid=empty-place]')) editor.show();
});
on('looks', () => {
  if (here() === 'edit') now?.surface.draw();
});
const inPaint = (/** @type {() => any} */ run) => () => (now && place.querySelector('canvas') ? run() : false);
bind(
  'edit',
  Object.fromEntries(
    Object.entries({
      brush: () => take('brush'),
      eraser: () => take('eraser'),
      smaller,
      larger,
      undo: mutate('undo'),
      redo: mutate('redo'),
      invert: mutate('invert'),
      clear: mutate('clear'),
      in: () => now.surface.zoom(1.5),
      out: () => now.surface.zoom(1 / 1.5),
      fit: () => now.surface.fit(),
    }).map(([k, run]) => [k, inPaint(run)]),
  ),
);
