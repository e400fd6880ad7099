// Training: runs, and one of them in full: samples first, then curves, health in words, log and options.

import { to } from '../core/base.js';
import { fill, h, settled } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { duration, figure, t } from '../core/words.js';
import { get, post } from '../core/api.js';
import { on } from '../core/store.js';
import { announce, attempt, fail, note } from '../core/notes.js';
import { go, here } from '../core/router.js';
import { emptyPlace } from '../help/examples.js';
import { curves } from './curves.js';
import { samples } from './samples.js';
import { own } from './own.js';
import { starter } from './starter.js';
import { refreshModels } from '../models/models.js';
import { set } from '../create/settings.js';
import { focusPrompt } from '../create/bar.js';

const place = /** @type {any} */ (document.querySelector('section[data-place="train"]'));
/** @type {any[]} */
let runs = [];
let chosen = '';
let starting = false;
/** The form for a person's own pictures, while it is open. @type {ReturnType<typeof own>|null} */
let mine = null;
/** The recipe that a link to a new run names. @type {string|undefined} */
let recipe;
/** @type {any} */
let parts = null;
/** @type {any} */
let shown = null;

function build() {
  parts = {
    list: h('ul'),
    detail: h('div.grow'),
    error: h('div'),
    start: h('button.primary', {
      'data-testid': 'train-new',
      onclick: () => {
        starting = !starting;
        mine = null;
        drawDetail();
      },
    }, t('train.new')),
    own: h('button', { 'data-testid': 'train-own', onclick: openOwn }, t('own.title')),
  };
  fill(
    place,
    h('h1.hidden', { text: t('place.train') }),
    h(
      'div.library',
      {},
      h('aside.folders', {}, parts.own, parts.start, h('h3', { text: t('train.runs') }), parts.list),
      h('div.grow', {}, parts.error, parts.detail),
    ),
  );
}

async function load() {
  try {
    ({ runs } = await get('/api/training'));
    fail(parts.error);
  } catch (error) {
    return fail(parts.error, error, load);
  }
  if (!runs.some((r) => r.id === chosen)) chosen = runs[0]?.id ?? '';
  if (!runs.length && !mine) starting = true;
  drawList();
  await loadRun();
}

async function loadRun() {
  if (!chosen) return drawDetail();
  const id = chosen;
  try {
    const run = await get(`/api/training/${encodeURIComponent(id)}`);
    if (id !== chosen) return;
    shown = run;
    fail(parts.error);
    drawDetail();
  } catch (error) {
    fail(parts.error, error, loadRun);
  }
}

function drawList() {
  fill(
    parts.list,
    runs.map((r) =>
      h(
        'li',
        {},
        h(
          'button.entry-button',
          {
            'aria-current': r.id === chosen ? 'true' : null,
            'data-testid': 'run',
            'data-id': r.id,
            onclick: () => {
              chosen = r.id;
              starting = false;
              mine = null;
              shown = null;
              drawList();
              loadRun();
            },
          },
          h(
            'span.grow',
            {},
            h('span.one-line.block', { text: r.id }),
            h('span.small.block', {
              text: [t('train.state.' + r.state), r.eta ? t('train.eta', { time: duration(r.eta) }) : null].filter(
                Boolean,
              ).join(' · '),
            }),
          ),
          h('span.dot', { class: `dot ${r.state}`, 'aria-hidden': 'true' }),
        ),
      )
    ),
  );
}

/** The verdict as a person reads it. @param {string} title */
const verdict = (title) => (['good', 'watch', 'bad'].includes(title) ? t('train.health.' + title) : title);

/** What a run has come to, in words. @param {any} r */
const words = (r) =>
  [
    t('train.state.' + r.state),
    r.epochs
      ? t('train.epoch', { n: figure(r.epoch ?? 0, 1), m: r.epochs })
      : t('train.step', { n: figure(r.step ?? 0) }),
    t('train.images', { n: figure(r.images ?? 0) }),
    r.eta && r.state === 'running' ? t('train.eta', { time: duration(r.eta) }) : null,
  ].filter(Boolean).join(' · ');

const send = (/** @type {any} */ r, /** @type {string} */ what) =>
  attempt(async () => {
    merge(await post(`/api/training/${encodeURIComponent(r.id)}/${what}`));
    loadRun();
  });

/** @param {any} run */
function merge(run) {
  const at = runs.findIndex((r) => r.id === run.id);
  if (at < 0) runs.unshift(run);
  else runs[at] = run;
  drawList();
}

/** Opens the form for a person's own pictures. */
function openOwn() {
  starting = false;
  mine = own((run) => {
    mine = null;
    chosen = run.id;
    note(t('train.started'));
    merge(run);
    loadRun();
  }, () => {
    mine = null;
    drawDetail();
  });
  drawDetail();
  return mine;
}

/** Takes what is dropped while this place is shown. @param {File[]} files @param {import('../create/gather.js').LeftOut} left */
export const takeOwn = (files, left) => (mine ?? openOwn()).take(files, left);

/** Makes a run's model one to draw with, and goes to draw. @param {any} r */
const drawWith = (r) =>
  attempt(async () => {
    const model = await post('/api/models', { run: r.id });
    await refreshModels();
    set({ model: model.id, size: '' });
    go('/create');
    focusPrompt();
  });

/** Chooses the shortest time, so that a first run is there to look at after five minutes. */
const example = () =>
  h('button', {
    type: 'button',
    'data-testid': 'train-example',
    text: t('train.example'),
    onclick: () => {
      /** @type {any} */ (parts.detail.querySelector('[data-testid=train-time]')).value = '5';
      parts.detail.querySelector('[data-testid=train-start]').focus();
    },
  });

function drawDetail() {
  if (mine) {
    if (mine.el.parentNode !== parts.detail) fill(parts.detail, mine.el);
    return;
  }
  if (starting) {
    return fill(
      parts.detail,
      starter((run) => {
        starting = false;
        chosen = run.id;
        note(t('train.started'));
        merge(run);
        loadRun();
      }, () => {
        starting = false;
        drawDetail();
      }, recipe),
      runs.length ? null : emptyPlace(t('train.empty'), example()),
    );
  }
  if (!shown) return fill(parts.detail);
  const r = shown;
  const same = parts.detail.dataset.id === r.id && parts.detail.querySelector('.run');
  const open = new Set([...parts.detail.querySelectorAll('details[open]')].map((d) => d.dataset.name));
  const log = parts.detail.querySelector('.log');
  const follow = !log || log.scrollTop + log.clientHeight > log.scrollHeight - 24;
  const scrolled = log?.scrollTop ?? 0;
  const focused = parts.detail.contains(document.activeElement)
    ? /** @type {any} */ (document.activeElement).dataset.testid
    : null;
  const timeline = same ? parts.timeline : samples();
  timeline.show(r.samples ?? []);
  parts.timeline = timeline;
  parts.detail.dataset.id = r.id;
  const fold = (/** @type {string} */ name, /** @type {any} */ inside) =>
    h('details', { 'data-name': name, open: open.has(name) }, h('summary', { text: t('train.' + name) }), inside);
  fill(
    parts.detail,
    h(
      'div.run',
      {},
      h(
        'div.row.wrap.head',
        {},
        h('div.grow', {}, h('h2', { text: r.id }), h('p.small', { 'data-testid': 'run-words', text: words(r) })),
        r.state === 'running'
          ? h(
            'button',
            { 'data-testid': 'run-stop', onclick: () => send(r, 'stop') },
            icon('stop', 16),
            t('train.stop'),
          )
          : null,
        ['stopped', 'failed'].includes(r.state)
          ? h(
            'button.primary',
            { 'data-testid': 'run-resume', onclick: () => send(r, 'resume') },
            icon('play', 16),
            t('train.resume'),
          )
          : null,
        (r.samples?.length ?? 0) > 1
          ? h('button', { 'data-testid': 'run-draw', onclick: () => drawWith(r) }, icon('create', 16), t('models.use'))
          : null,
        h('a.button', {
          href: to(`/api/training/${encodeURIComponent(r.id)}/report`),
          target: '_blank',
          rel: 'noopener',
          text: t('train.report'),
        }),
      ),
      r.epochs ? h('progress', { max: r.epochs, value: r.epoch ?? 0, 'aria-label': t('queue.progress') }) : null,
      r.message || r.reason ? h('p.small', { text: r.message ?? r.reason }) : null,
      r.health
        ? h(
          'div.verdict',
          { 'data-testid': 'health', role: 'note' },
          h('b', { text: verdict(r.health.title) }),
          r.health.advice ? h('p', { text: r.health.advice }) : null,
        )
        : h('p.small', { 'data-testid': 'health', text: t('train.healthy') }),
      h('h3', { text: t('train.samples') }),
      timeline.el,
      h('h3', { text: t('train.curves') }),
      curves(r.curves ?? {}),
      h('h3', { text: t('train.log') }),
      h('pre.log', { tabindex: 0, 'data-testid': 'run-log', text: (r.log ?? []).join('\n') }),
      fold('options', h('pre', { text: JSON.stringify(r.options ?? {}, null, 1) })),
    ),
  );
  const now = parts.detail.querySelector('.log');
  now.scrollTop = follow ? now.scrollHeight : scrolled;
  if (focused) parts.detail.querySelector(`[data-testid="${focused}"]`)?.focus();
}

export const train = {
  show() {
    const asked = new URLSearchParams(location.search).get('recipe');
    if (asked) {
      recipe = asked;
      starting = true;
      history.replaceState({}, '', to('/train'));
    }
    if (!parts) {
      build();
      const soon = settled(() => {
        if (here() === 'train' && !starting && !mine) loadRun();
      }, 400);
      on('train', ({ name, run }) => {
        merge(run);
        if (name === 'train.done' || name === 'train.alert') {
          announce(`${run.id}: ${run.health?.title ?? t('train.state.' + run.state)}`);
        }
        if (run.id === chosen) soon();
      });
      on('words', () => {
        build();
        load();
      });
      on('looks', () => {
        if (here() === 'train') drawDetail();
      });
    }
    load();
  },
};
