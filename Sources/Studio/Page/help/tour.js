// The first look: three steps for who opens the studio for the first time. A step is done by doing it.

import { byId, fill, h, kept } from '../core/dom.js';
import { t } from '../core/words.js';
import { on, store } from '../core/store.js';
import { go } from '../core/router.js';

const STEPS = ['draw', 'change', 'train'];
/** The step that a person is at; `null`: no first look. @type {number|null} */
let at = null;

/** @param {number|null} step */
function move(step) {
  at = step !== null && step < STEPS.length ? step : null;
  kept.set('tour', at ?? 'over');
  paint();
}

/** Draws the step; nothing where there is none. */
function paint() {
  const place = byId('tour');
  place.hidden = at === null;
  if (at === null) return fill(place);
  const step = STEPS[at];
  fill(
    place,
    h(
      'ol',
      { 'aria-label': t('tour.title') },
      STEPS.map((name, i) =>
        h('li', { 'aria-current': i === at ? 'step' : null, 'data-done': i < Number(at), text: t(`tour.${name}`) })
      ),
    ),
    h('p', { 'data-testid': 'tour-words', text: t(`tour.${step}.words`) }),
    h(
      'div.row',
      {},
      step === 'train'
        ? h('button.primary', {
          type: 'button',
          'data-testid': 'tour-train',
          text: t('tour.open'),
          onclick: () => {
            move(null);
            go('/train');
          },
        })
        : h('button', {
          type: 'button',
          'data-testid': 'tour-next',
          text: t('tour.next'),
          onclick: () => move(Number(at) + 1),
        }),
      h('button.quiet', {
        type: 'button',
        'data-testid': 'tour-skip',
        text: t('tour.skip'),
        onclick: () => move(null),
      }),
    ),
  );
}

/** Begins the first look where nothing was ever drawn, or goes on with it. */
export function startTour() {
  const was = kept.get('tour', null);
  if (was === null) move(store.jobs.size ? null : 0);
  else {
    at = typeof was === 'number' ? was : null;
    paint();
  }
  on('job', (job) => {
    if (job.state !== 'done') return;
    if (at === 0) move(1);
    else if (at === 1 && job.kind !== 'imagine') move(2);
  });
  on('words', paint);
}
