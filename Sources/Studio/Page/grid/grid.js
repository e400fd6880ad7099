// The grid: one prompt, up to three things that vary, a picture for each meeting; the third turns pages.

import { to } from '../core/base.js';
import { fill, h, kept, newKey, settled } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { model, on, picture, store } from '../core/store.js';
import { chance } from '../core/chance.js';
import { announce, attempt, fail } from '../core/notes.js';
import { save, StudioError } from '../core/api.js';
import { bind } from '../core/keys.js';
import { here } from '../core/router.js';
import { sure } from '../help/sure.js';
import { emptyPlace } from '../help/examples.js';
import { prompt as typed } from '../create/bar.js';
import { flags, settings } from '../create/settings.js';
import { cellsOf, line } from './axes.js';
import { again, end, load, send } from './drawing.js';
import { flipbook } from './flipbook.js';
import { form } from './form.js';
import { sheet } from './sheet.js';
import { jobOf, table, titled } from './table.js';

const place = /** @type {any} */ (document.querySelector('section[data-place="grid"]'));
/** More pictures than these are asked about. */
const MANY = 40;
const BEGIN = {
  prompt: '',
  seed: '',
  model: '',
  axes: [{ name: 'seed', text: '1-4' }, { name: '', text: '' }, { name: '', text: '' }],
  drawn: null,
  open: true,
};
/** @type {import('./form.js').Wanted & {drawn: import('./table.js').Drawn|null, open: boolean}} */
let wanted = { ...structuredClone(BEGIN), ...kept.get('grid', {}) };
const keep = settled(() => kept.set('grid', wanted), 100);
/** @type {any} */
let parts = null;
let sending = false;

/** Which cell a job draws. @type {Map<string, number[]>} */
const cells = new Map();
const index = () => {
  cells.clear();
  for (const [cell, id] of Object.entries(wanted.drawn?.jobs ?? {})) cells.set(id, cell.split(',').map(Number));
};

/** Begins a new table. */
async function draw() {
  const lines = wanted.axes.map((a) => line(a, wanted.prompt));
  const count = lines.reduce((all, l) => all * l.values.length, 1);
  if (count > MANY && !(await sure(t('grid.sure', { n: count }), t('many.confirm', { n: count })))) return;
  if (sending) await halt();
  wanted.seed = wanted.seed || chance();
  wanted.drawn = {
    prompt: wanted.prompt.trim(),
    seed: wanted.seed,
    model: model(wanted.model)?.id ?? '',
    lines,
    key: newKey(),
    jobs: {},
    page: 0,
  };
  wanted.open = false;
  keep();
  index();
  build();
  await go();
}

/** Sends what was not sent. */
async function go() {
  const drawn = wanted.drawn;
  if (!drawn || sending) return;
  sending = true;
  fail(parts.error);
  try {
    await send(drawn, {
      goes: () => sending && wanted.drawn === drawn,
      sent: () => {
        keep();
        index();
        parts.state();
      },
      waits: (seconds) => {
        parts.wait = seconds;
        parts.state();
      },
    });
  } catch (error) {
    fail(parts.error, error, go);
  }
  if (wanted.drawn === drawn) sending = false;
  parts.state();
}

/** Sends no more and cancels what waits. */
async function halt() {
  sending = false;
  if (wanted.drawn) await attempt(() => end(/** @type {any} */ (wanted.drawn)));
  parts.state();
}

const download = () =>
  attempt(async () => {
    const drawn = /** @type {import('./table.js').Drawn} */ (wanted.drawn);
    save(
      await sheet(drawn),
      `grid-${titled(drawn).replace(/--.*$/, '').trim().replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)}.png`,
    );
  });

/** The table and what one does with it. @param {import('./table.js').Drawn} drawn */
function result(drawn) {
  const shown = table(drawn, place.clientWidth);
  const pages = drawn.lines[2];
  const book = pages.name
    ? flipbook(pages, () => drawn.page, (page) => {
      drawn.page = page;
      keep();
      shown.show();
    })
    : null;
  const status = h('p.small.grow', { 'data-testid': 'grid-status', role: 'status' });
  const stop = h(
    'button',
    { type: 'button', 'data-testid': 'grid-stop', onclick: halt },
    icon('stop', 16),
    t('grid.stop.all'),
  );
  const rest = h(
    'button',
    {
      type: 'button',
      'data-testid': 'grid-rest',
      onclick: () => {
        again(drawn, newKey());
        index();
        shown.show();
        return go();
      },
    },
    icon('play', 16),
    t('grid.rest'),
  );
  const whole = h(
    'button',
    { type: 'button', 'data-testid': 'grid-download', onclick: download },
    icon('download', 16),
    t('grid.download'),
  );
  const all = cellsOf(drawn.lines);
  const state = () => {
    const jobs = all.map((cell) => jobOf(drawn, cell));
    const done = jobs.filter((job) => job?.state === 'done').length;
    const open = jobs.some((job) => job && ['queued', 'running'].includes(job.state));
    stop.hidden = !(sending || open);
    const broken = jobs.find((job) => job?.state === 'failed' || job?.state === 'blocked');
    const failed = jobs.filter((job) => ['failed', 'cancelled'].includes(job?.state ?? '')).length;
    rest.hidden = sending || open || (Object.keys(drawn.jobs).length === all.length && !failed);
    if (broken?.id !== parts.broken) {
      parts.broken = broken?.id;
      fail(
        parts.error,
        broken ? new StudioError(broken.error?.message ?? t('state.' + broken.state), { id: broken.id }) : null,
      );
    }
    whole.disabled = !done;
    status.textContent = [
      t('grid.done', { n: done, m: all.length }),
      parts.wait ? t('grid.waits', { n: parts.wait }) : '',
    ].filter(Boolean).join(' · ');
    if (done === all.length && status.dataset.done !== 'true') {
      announce(status.textContent);
      shown.ready();
    }
    status.dataset.done = String(done === all.length);
  };
  Object.assign(parts, { shown, book, state });
  return h(
    'div.result',
    {},
    h('div.row.wrap', {}, h('h2.one-line', { text: titled(drawn) }), status, rest, stop, whole),
    book?.el ?? null,
    parts.error,
    shown.el,
  );
}

/** Fills the form with a table to try. */
const example = () =>
  h('button', {
    type: 'button',
    'data-testid': 'grid-example',
    text: t('grid.example'),
    onclick: () => {
      wanted.prompt = 'a red apple';
      wanted.axes = [{ name: 'seed', text: '1-3' }, { name: 'words', text: 'red | green' }, { name: '', text: '' }];
      wanted.open = true;
      keep();
      build();
      /** @type {any} */ (place.querySelector('[data-testid=grid-draw]'))?.focus();
    },
  });

function build() {
  const focused = place.contains(document.activeElement)
    ? /** @type {any} */ (document.activeElement).dataset.testid
    : null;
  parts?.book?.stop();
  parts = { error: h('div'), wait: 0, shown: null, book: null, state: () => {} };
  const asked = form(wanted, () => {
    keep();
    build();
  }, draw);
  asked.addEventListener('kept', keep);
  const fold = h(
    'details.ask',
    {
      open: wanted.open || !wanted.drawn,
      ontoggle: () => {
        wanted.open = fold.open;
        keep();
      },
    },
    h('summary', { 'data-testid': 'grid-open', text: t('grid.form') }),
    asked,
  );
  fill(
    place,
    h('h1.hidden', { text: t('place.grid') }),
    fold,
    wanted.drawn ? result(wanted.drawn) : emptyPlace(t('grid.empty'), example()),
  );
  parts.shown?.show();
  parts.state();
  if (focused) place.querySelector(`[data-testid="${focused}"]`)?.focus();
}

/** Loads what the table shows and the page does not know. */
const fetchRest = () =>
  attempt(async () => {
    const drawn = wanted.drawn;
    if (!drawn) return;
    await load(drawn);
    for (const id of Object.values(drawn.jobs)) {
      for (const one of store.jobs.get(id)?.pictures ?? []) if (!store.pictures.has(one)) await picture(one);
    }
    if (wanted.drawn === drawn && here() === 'grid') {
      parts.shown?.show();
      parts.state();
    }
  });

export const grid = {
  show() {
    const fromBar = new URLSearchParams(location.search).get('from') === 'bar';
    if (fromBar) wanted.open = true;
    if (fromBar) history.replaceState(history.state, '', to('/grid'));
    if (fromBar || !wanted.prompt) {
      Object.assign(wanted, {
        prompt: [typed().trim(), flags(typed())].filter(Boolean).join(' ') || wanted.prompt,
        seed: settings.seed || wanted.seed,
        model: settings.model || wanted.model,
      });
    }
    index();
    build();
    fetchRest();
  },
  hide: () => parts?.book?.stop(),
};

/** @param {import('../core/store.js').Job} job */
const hear = (job) => {
  const at = cells.get(job.id);
  if (!at || !parts?.shown || here() !== 'grid') return;
  parts.shown.showCell(at);
  parts.state();
  for (const id of job.pictures) picture(id).catch(() => {});
};
on('job', hear);
on('pictures', (list) => {
  for (const p of list) {
    const job = store.jobs.get(p.job);
    if (job && cells.has(job.id) && parts?.shown && here() === 'grid') parts.shown.showCell(cells.get(job.id));
  }
});
for (const topic of ['words', 'looks', 'models']) {
  on(topic, () => {
    if (here() === 'grid' && parts) build();
  });
}
let width = innerWidth;
window.addEventListener(
  'resize',
  settled(() => {
    if (innerWidth !== width && here() === 'grid' && parts) {
      width = innerWidth;
      build();
    }
  }, 150),
);
const turn = (/** @type {(book: any) => void} */ run) => () => (parts?.book ? run(parts.book) : false);
bind('grid', {
  earlier: turn((book) => book.go(-1)),
  later: turn((book) => book.go(1)),
  play: turn((book) => book.turn()),
});
