// State and time left, in words.

import { duration, t } from '../core/words.js';
import { running, store, waiting } from '../core/store.js';

/** @param {import('../core/store.js').Job} job */
const usual = (job) => {
  const done = [...store.jobs.values()].filter((j) =>
    j.state === 'done' && j.kind === job.kind && j.started && j.finished
  ).slice(-8);
  if (!done.length) return null;
  const per = done.map((j) => ((j.finished ?? 0) - (j.started ?? 0)) / Math.max(1, j.request.count ?? 1));
  return (per.sort((a, b) => a - b)[Math.floor(per.length / 2)]) * (job.request.count ?? 1);
};

/** Seconds a running job still needs, or null. @param {import('../core/store.js').Job} job */
export function remaining(job) {
  if (job.state === 'queued') return usual(job);
  if (job.eta && job.eta > 0) return Math.max(0, job.eta - (Date.now() - (job.told ?? Date.now())) / 1000);
  const spent = Date.now() / 1000 - (job.started ?? job.created);
  if (job.share > 0.02) return Math.max(0, (spent / job.share) * (1 - job.share));
  const whole = usual(job);
  return whole === null ? null : Math.max(0, whole - spent);
}

/** Seconds until a waiting job is done, or null. @param {import('../core/store.js').Job} job */
export function until(job) {
  const ahead = waiting().slice(0, waiting().indexOf(job));
  let all = 0;
  for (const one of [...running(), ...ahead, job]) {
    const left = remaining(one);
    if (left === null) return null;
    all += left;
  }
  return all;
}

/** A job's state and time left. @param {import('../core/store.js').Job} job */
export function timeLeft(job) {
  if (job.state === 'running') {
    const left = remaining(job);
    const share = t('state.share', { n: Math.round((job.share ?? 0) * 100) });
    return left === null ? share : `${share} · ${t('time.left', { time: duration(left) })}`;
  }
  if (store.paused) return t('state.paused');
  const place = waiting().indexOf(job) + 1;
  const left = until(job);
  const words = place <= 1 ? t('state.next') : t('state.place', { n: place });
  return left === null ? words : `${words} · ${t('time.about', { time: duration(left) })}`;
}

/** What a tile says. @param {import('../core/store.js').Job} job @param {number} index */
export function stateWords(job, index) {
  if (job.state === 'queued') return index ? '' : store.paused ? t('state.paused') : t('state.queued');
  if (job.state !== 'running') return '';
  return job.preview?.[index] ? '' : t('state.running');
}
