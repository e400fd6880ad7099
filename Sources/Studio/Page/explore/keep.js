// Keeping: what the explorer shows is drawn as a job and goes to the library.

import { newKey } from '../core/dom.js';
import { t } from '../core/words.js';
import { post, StudioError } from '../core/api.js';
import { keepJobs, on, store } from '../core/store.js';
import { announce, attempt, note } from '../core/notes.js';
import { openPicture } from '../view/lightbox.js';
import { at, explored, numbers, words } from './at.js';

/** The job once it has ended. @param {string} id @returns {Promise<import('../core/store.js').Job>} */
const ended = (id) =>
  new Promise((done) => {
    const look = () => {
      const job = store.jobs.get(id);
      if (!job || ['queued', 'running'].includes(job.state)) return;
      off();
      offAll();
      done(job);
    };
    const off = on('job', look);
    const offAll = on('jobs', look);
    look();
  });

/** Keeps the picture of the place. */
export const keepIt = () =>
  attempt(async () => {
    const { jobs } = await post('/api/jobs', {
      kind: 'explore',
      prompt: words(),
      seed: at.seed,
      first: at.index,
      count: 1,
      model: explored()?.id ?? '',
      numbers: numbers(),
      pictures: [],
      mask: null,
      size: null,
      folder: null,
      priority: 1,
      draft: false,
    }, { 'idempotency-key': newKey() });
    keepJobs(jobs);
    announce(t('sent.explore'));
    const job = await ended(jobs[0].id);
    if (job.state !== 'done') throw new StudioError(job.error?.message ?? t('state.' + job.state), { id: job.id });
    const id = job.pictures[0];
    note(t('explore.kept'), { label: t('explore.look'), testid: 'explore-kept', act: () => openPicture(id, [id]) });
  });
