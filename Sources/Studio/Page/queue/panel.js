// The queue: what is drawn now and next, in which order; cancelled, moved and paused here.

import { byId, fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { patch, post, remove } from '../core/api.js';
import { keepJobs, on, running, store, tell, waiting } from '../core/store.js';
import { announce, attempt, note } from '../core/notes.js';
import { bind } from '../core/keys.js';
import { timeLeft } from '../feed/progress.js';

let dragged = '';

/** Opens or closes the panel. @param {boolean} [wanted] */
export function toggleQueue(wanted) {
  const panel = byId('queue');
  panel.hidden = wanted === undefined ? !panel.hidden : !wanted;
  byId('queue-button').setAttribute('aria-expanded', String(!panel.hidden));
  if (panel.hidden) byId('queue-button').focus();
  else {
    draw();
    panel.querySelector('button')?.focus();
  }
}

/** @param {string} id @param {number} place */
async function move(id, place) {
  const ids = waiting().map((job) => job.id).filter((x) => x !== id);
  ids.splice(Math.max(0, place), 0, id);
  ids.forEach((x, index) => {
    const job = store.jobs.get(x);
    if (job) job.position = index + 1;
  });
  tell('queue');
  announce(t('queue.moved', { n: ids.indexOf(id) + 1 }));
  await attempt(() => post('/api/jobs/order', { ids }));
}

const cancel = (/** @type {string} */ id) => attempt(async () => keepJobs([await remove(`/api/jobs/${id}`)]));

/** @param {import('../core/store.js').Job} job @param {number} place */
function row(job, place) {
  const queued = job.state === 'queued';
  const el = h(
    'li.entry',
    {
      tabindex: 0,
      draggable: queued ? 'true' : null,
      'data-id': job.id,
      'data-testid': 'queue-entry',
      'aria-label': `${job.request.prompt}. ${timeLeft(job)}`,
      ondragstart: (/** @type {DragEvent} */ e) => {
        dragged = job.id;
        e.dataTransfer?.setData('text/plain', job.id);
        el.classList.add('held');
      },
      ondragend: () => {
        el.classList.remove('held');
        dragged = '';
      },
      ondragover: (/** @type {DragEvent} */ e) => {
        if (dragged && queued) {
          e.preventDefault();
          el.classList.add('over');
        }
      },
      ondragleave: () => el.classList.remove('over'),
      ondrop: (/** @type {DragEvent} */ e) => {
        if (!dragged) return;
        e.preventDefault();
        e.stopPropagation();
        move(dragged, place);
      },
    },
    queued ? h('span.grip', { 'aria-hidden': 'true' }, icon('grip', 16)) : h('span.grip'),
    h(
      'div.grow',
      {},
      h('p.one-line', { text: job.request.prompt || t('kind.' + job.kind) }),
      h('p.small.status', { text: timeLeft(job), 'data-testid': 'queue-words' }),
      job.state === 'running'
        ? h('progress', { max: 1, value: job.share ?? 0, 'aria-label': t('queue.progress') })
        : null,
    ),
    queued && place > 0
      ? h('button.quiet.square.tiny', {
        'aria-label': t('queue.first'),
        title: t('queue.first'),
        onclick: () => move(job.id, 0),
        'data-testid': 'queue-first',
      }, icon('up', 14))
      : null,
    h('button.quiet.square.tiny', {
      'aria-label': t('act.cancel'),
      title: t('act.cancel'),
      onclick: () => cancel(job.id),
      'data-testid': 'queue-cancel',
    }, icon('close', 14)),
  );
  return el;
}

function draw() {
  const queued = waiting();
  const all = [...running(), ...queued];
  const count = byId('queue-count');
  count.hidden = all.length === 0;
  count.textContent = String(all.length);
  const panel = byId('queue');
  if (panel.hidden || dragged) return;
  const focused = /** @type {any} */ (document.activeElement)?.closest?.('#queue .entry')?.dataset.id;
  const testid = /** @type {any} */ (document.activeElement)?.closest?.('#queue')
    ? /** @type {any} */ (document.activeElement).dataset.testid
    : null;
  fill(
    panel,
    h(
      'div.row',
      {},
      h('h2.grow', { text: t('queue.title') }),
      h(
        'button.small',
        {
          'data-testid': 'queue-pause',
          'aria-pressed': String(store.paused),
          onclick: () =>
            attempt(async () => {
              const wanted = !store.paused;
              await patch('/api/queue', { paused: wanted });
              store.paused = wanted;
              tell('queue');
            }),
        },
        icon(store.paused ? 'play' : 'pause', 14),
        t(store.paused ? 'queue.go' : 'queue.pause'),
      ),
      h('button.quiet.square', { 'aria-label': t('close'), onclick: () => toggleQueue(false) }, icon('close')),
    ),
    all.length
      ? h('ol.entries', {}, running().map((job) => row(job, -1)), queued.map(row))
      : h('p.empty-words', { text: t('queue.empty') }),
    all.length
      ? h('button.small', {
        'data-testid': 'queue-cancel-all',
        onclick: () =>
          attempt(async () => {
            const { cancelled } = await remove('/api/jobs');
            note(t('queue.cancelled', { n: cancelled }));
          }),
        text: t('queue.all'),
      })
      : null,
    queued.length > 1 ? h('p.small', { text: t('queue.hint') }) : null,
  );
  const again = focused && panel.querySelector(`[data-id="${focused}"]`);
  if (again) (testid && testid !== 'queue-entry' ? again.querySelector(`[data-testid="${testid}"]`) : again)?.focus();
  else if (testid) panel.querySelector(`[data-testid="${testid}"]`)?.focus();
}

/** Puts the queue into motion. */
export function startQueue() {
  byId('queue-button').addEventListener('click', () => toggleQueue());
  for (const topic of ['jobs', 'queue', 'words']) on(topic, draw);
  on('job', draw);
  setInterval(() => {
    if (!byId('queue').hidden && running().length) draw();
  }, 1000);
  const held = () => /** @type {any} */ (document.activeElement)?.closest?.('.entry')?.dataset.id;
  const shift = (/** @type {number} */ step) => {
    const place = waiting().findIndex((job) => job.id === held());
    if (place < 0) return false;
    return move(held(), Math.min(waiting().length - 1, place + step));
  };
  bind('queue', { earlier: () => shift(-1), later: () => shift(1), cancel: () => held() && cancel(held()) });
  bind('global', { queue: () => toggleQueue() });
  byId('queue').addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
    if (e.key === 'Escape') toggleQueue(false);
  });
  draw();
}
