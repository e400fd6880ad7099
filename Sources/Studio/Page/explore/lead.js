// The way from a picture to its place in the explorer.

import { get } from '../core/api.js';
import { store } from '../core/store.js';

/** The address in the explorer that a picture was drawn at. @param {import('../core/store.js').Picture} p */
export async function explorerOf(p) {
  const job = p.kind === 'explore' ? store.jobs.get(p.job) ?? await get(`/api/jobs/${p.job}`).catch(() => null) : null;
  const { x = 0, y = 0, psi = 1, noise, ...rest } = job?.request.numbers ?? {};
  const layers = Object.entries(rest).filter(([name]) => name.startsWith('layer-')).map(([name, seed]) =>
    `${name.slice(6)}:${seed}`
  ).join(',');
  const prompt = (p.prompt ?? '').replace(/(?:^|\s)(?:--|—|–)[a-z].*$/i, '').trim();
  const all = { model: p.model, seed: p.seed, index: p.index, prompt, x, y, psi, noise, layers };
  return '/explore?' +
    Object.entries(all).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) =>
      `${name}=${encodeURIComponent(value)}`
    ).join('&');
}
