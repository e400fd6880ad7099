// The explorer: the space between a model's pictures, walked with a point on a pad.

import { to } from '../core/base.js';
import { fill, h, put } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { on } from '../core/store.js';
import { bind } from '../core/keys.js';
import { copy } from '../core/copy.js';
import { here } from '../core/router.js';
import { at, command, explorable, explored, move, numbers, read, remember, words } from './at.js';
import { fields } from './fields.js';
import { keepIt } from './keep.js';
import { layers } from './layers.js';
import { pad } from './pad.js';
import { preview } from './preview.js';
import { walk } from './walk.js';

const place = /** @type {any} */ (document.querySelector('section[data-place="explore"]'));
/** @type {any} */
let parts = null;
const walker = walk(() => parts?.showWalk?.());

/** What is said where the model has no space to walk in. */
function elsewhere() {
  const m = explored();
  const others = explorable();
  parts = null;
  fill(
    place,
    h(
      'div.empty.calm',
      { 'data-testid': 'explore-none' },
      h('h1', { text: t('place.explore') }),
      h('p', { text: m ? t('explore.none', { name: m.name }) : t('models.empty') }),
      others.length
        ? [
          h('p', { text: t('explore.others') }),
          h(
            'div.try',
            {},
            others.map((one) =>
              h(
                'button',
                { type: 'button', 'data-testid': 'explore-other', onclick: () => move({ model: one.id }) },
                one.name,
              )
            ),
          ),
        ]
        : h('p', { text: t('explore.train') }),
      h(
        'div.row.wrap.center',
        {},
        h('a.button', { href: to('/models'), 'data-go': '/models', text: t('explore.models') }),
        h('a.button', {
          href: to('/train?recipe=stylegan2-styles'),
          'data-go': '/train?recipe=stylegan2-styles',
          'data-testid': 'explore-train',
          text: t('explore.begin'),
        }),
      ),
    ),
  );
}

/** One coordinate as a number. @param {'x'|'y'} name */
function coordinate(name) {
  const input = h('input', {
    type: 'number',
    min: -1,
    max: 1,
    step: 0.05,
    id: `explore-${name}`,
    'data-testid': `explore-${name}`,
    onchange: () => {
      walker.stop();
      move({ [name]: Number(input.value) || 0 });
      input.value = String(at[name]);
    },
  });
  return { input, el: h('label.small', { for: input.id }, name, input) };
}

function build() {
  const m = explored();
  if (!m?.explores) return elsewhere();
  const focused = place.contains(document.activeElement)
    ? /** @type {any} */ (document.activeElement).dataset.testid
    : null;
  const opened = place.querySelector('details')?.open ?? Object.keys(at.layers).length > 0;
  const seen = preview();
  const point = pad(() => walker.stop());
  const fine = fields();
  const mix = m.styles ? layers(m.styles) : null;
  const x = coordinate('x'), y = coordinate('y');
  const line = h('code.command', {
    tabindex: 0,
    role: 'textbox',
    'aria-readonly': 'true',
    'aria-label': t('explore.command'),
    'data-testid': 'explore-command',
  });
  const stroll = h('button', { type: 'button', 'data-testid': 'explore-walk', onclick: () => walker.turn() });
  const middle = h('button.quiet.square', {
    type: 'button',
    'aria-label': t('explore.middle'),
    title: t('explore.middle'),
    'data-testid': 'explore-middle',
    onclick: () => {
      walker.stop();
      move({ x: 0, y: 0 });
    },
  }, icon('middle'));
  parts = {
    model: m.id,
    styles: m.styles,
    language: document.documentElement.lang,
    fine,
    seen,
    showWalk: () => {
      fill(
        stroll,
        icon(walker.walks ? 'stop' : 'play', 16),
        t(walker.walks ? 'explore.stop' : walker.steps ? 'explore.step' : 'explore.walk'),
      );
      stroll.setAttribute('aria-pressed', String(walker.walks));
    },
    show: () => {
      point.show();
      fine.show();
      mix?.show();
      put(x.input, String(at.x));
      put(y.input, String(at.y));
      line.textContent = command();
      seen.show({ model: m.id, prompt: words(), seed: at.seed, index: at.index, numbers: numbers() });
    },
  };
  fill(
    place,
    h('h1.hidden', { text: t('place.explore') }),
    h(
      'div.explorer',
      {},
      h(
        'div.seen',
        {},
        seen.stage,
        h(
          'div.row',
          {},
          h(
            'button.primary',
            { type: 'button', 'data-testid': 'explore-keep', onclick: keepIt },
            icon('download', 16),
            t('explore.keep'),
          ),
          h('button.quiet.square', {
            type: 'button',
            'aria-label': t('explore.link'),
            title: t('explore.link'),
            'data-testid': 'explore-link',
            onclick: () => {
              remember();
              copy(location.href);
            },
          }, icon('link', 16)),
          h('span.grow'),
          seen.time,
        ),
        h(
          'div.row.line',
          {},
          line,
          h('button.quiet.square', {
            type: 'button',
            'aria-label': t('explore.copy'),
            title: t('explore.copy'),
            'data-testid': 'explore-copy',
            onclick: () => copy(command()),
          }, icon('copy', 16)),
        ),
      ),
      h(
        'div.steer',
        {},
        point.el,
        h('p.small', { id: 'pad-hint', text: t('explore.hint') }),
        h('div.row', {}, stroll, middle, h('span.grow'), x.el, y.el),
        fine.el,
        mix
          ? h(
            'details',
            { open: opened },
            h('summary', { text: t('explore.mix') }),
            h('p.small', { text: t('explore.mix.text') }),
            mix.el,
          )
          : null,
      ),
    ),
  );
  parts.showWalk();
  parts.show();
  if (focused) place.querySelector(`[data-testid="${focused}"]`)?.focus();
}

/** Shows the place as it is now; what depends on the model is built anew for another. */
function show() {
  if (here() !== 'explore') return;
  const m = explored();
  if (
    !parts || !m?.explores || parts.model !== m.id || parts.styles !== m.styles ||
    parts.language !== document.documentElement.lang
  ) build();
  else parts.show();
}

export const explore = {
  show() {
    read();
    show();
  },
  hide() {
    walker.stop();
    parts?.seen.stop();
  },
};

for (const topic of ['explore', 'models', 'words']) on(topic, show);
const walking = (/** @type {() => any} */ run) => () => (parts && here() === 'explore' ? run() : false);
bind('explore', {
  walk: walking(() => walker.turn()),
  keep: walking(keepIt),
  dice: walking(() => parts.fine.throwSeed()),
});
