// Drawing a table: a job for each cell, as fast as the studio takes them.

import { call, post, remove } from '../core/api.js';
import { keepJobs, store } from '../core/store.js';
import { cellsOf, requestOf } from './axes.js';

/**
 * Sends what was not sent yet.
 * @param {import('./table.js').Drawn} drawn
 * @param {{sent: () => void, waits: (seconds: number) => void, goes: () => boolean}} told
 */
export async function send(drawn, told) {
  for (const cell of cellsOf(drawn.lines)) {
    const name = cell.join();
    while (!drawn.jobs[name]) {
      if (!told.goes()) return;
      try {
        const { jobs } = await post('/api/jobs', requestOf(drawn, cell), {
          'idempotency-key': `${drawn.key}-${cell.join('-')}`,
        });
        drawn.jobs[name] = jobs[0].id;
        keepJobs(jobs);
        told.sent();
      } catch (error) {
        if (/** @type {any} */ (error).status !== 429) throw error;
        for (
          let left = Math.max(1, Math.ceil(/** @type {any} */ (error).retryAfter));
          left > 0 && told.goes();
          left -= 1
        ) {
          told.waits(left);
          await new Promise((done) => {
            setTimeout(done, 1000);
          });
        }
        told.waits(0);
      }
    }
  }
}

/** Ends what is not finished. @param {import('./table.js').Drawn} drawn */
export async function end(drawn) {
  const open = Object.values(drawn.jobs).filter((id) =>
    ['queued', 'running'].includes(store.jobs.get(id)?.state ?? '')
  );
  for (const id of open.reverse()) keepJobs([await remove(`/api/jobs/${id}`)]);
}

/** Forgets what failed or was cancelled, so that it is sent again. @param {import('./table.js').Drawn} drawn @param {string} key a new one, as the studio gives the same jobs for the same key */
export function again(drawn, key) {
  for (const [name, id] of Object.entries(drawn.jobs)) {
    if (['failed', 'cancelled'].includes(store.jobs.get(id)?.state ?? '')) delete drawn.jobs[name];
  }
  drawn.key = key;
}

/** Loads the jobs of a table that the page does not know. @param {import('./table.js').Drawn} drawn */
export async function load(drawn) {
  const missing = Object.entries(drawn.jobs).filter(([, id]) => !store.jobs.has(id));
  for (const [name, id] of missing) {
    try {
      const job = await call('GET', `/api/jobs/${id}`);
      keepJobs([job]);
    } catch (error) {
      if (/** @type {any} */ (error).status !== 404) throw error;
      delete drawn.jobs[name];
    }
  }
}
