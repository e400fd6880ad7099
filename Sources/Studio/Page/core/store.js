// What the page knows: jobs, pictures, models, folders, the queue. Views listen to topics and draw themselves anew.

import { get } from './api.js';

/**
 * @typedef {{prompt: string, first?: number, count: number, seed: any, model: string, pictures: string[], mask: string|null, numbers: Record<string, number|string>, size: number|null, folder: string|null, priority: number, draft: boolean}} Request
 * @typedef {{id: string, kind: string, state: string, priority: number, position: number, share: number, request: Request, created: number, started: number|null, finished: number|null, eta?: number|null, told?: number, error: {message: string, code: string, categories?: string[]}|null, pictures: string[], preview: Record<string, string>|null, waiting?: string}} Job
 * @typedef {{id: string, job: string, kind: string, index: number, width: number, height: number, prompt: string, seed: string, model: string, digest: string, created: number, liked: boolean, rating: number, folder: string|null, parents: string[], deleted: boolean, seconds: number, url: string, share_url: string, readings?: {word: string, drawn: string}[]}} Picture
 * @typedef {{id: string, name: string, search: string|null, count: number}} Folder
 * @typedef {{id: string, name: string, family: string, recipe: string, set: string, images: number, width: number, height: number, channels: number, usualSide: number, classNames: string[], takesText: boolean, repairs: boolean, explores?: boolean, translates?: boolean, styles?: number, refused?: Record<string, string>, digest: string, isDefault: boolean, isBundled: boolean, isFetched?: boolean, card: string}} Model
 * @typedef {{name: string, least?: number, most?: number, whole?: boolean, choices?: (number|string)[], usual?: number|string}} TaskField
 * @typedef {{name: string, pictures: [number, number], mask: boolean, parts: string[], fields: TaskField[]}} Task
 */

export const store = {
  version: '',
  /** @type {Map<string, Job>} */ jobs: new Map(),
  /** @type {Map<string, Picture>} */ pictures: new Map(),
  /** @type {Model[]} */ models: [],
  /** Updates of weights on this machine. @type {{name: string, set: string}[]} */ updates: [],
  /** @type {Folder[]} */ folders: [],
  /** @type {{name: string, aliases: string[], summary: string, reason: string|null}[]} */ parameters: [],
  /** @type {{name: string, description: string, set: string, needs: string, expect: string, hours: number, width: number, height: number, epochs: number, needsOwn: boolean}[]} */ recipes:
    [],
  /** @type {Task[]} */ tasks: [],
  paused: false,
  online: true,
  language: 'en',
  event: /** @type {any} */ (0),
  /** The model that the settings name; nothing: the default. */
  chosen: '',
};

/** @type {Map<string, Set<(value: any) => void>>} */
const listeners = new Map();

/** Listens to a topic; the reply stops it. @param {string} topic @param {(value: any) => void} call */
export function on(topic, call) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic)?.add(call);
  return () => listeners.get(topic)?.delete(call);
}

/** Tells those who listen. @param {string} topic @param {any} [value] */
export function tell(topic, value) {
  for (const call of listeners.get(topic) ?? []) call(value);
}

/** Takes over a snapshot. @param {any} state */
export function take(state) {
  store.version = state.version;
  store.jobs = new Map(state.jobs.map((/** @type {Job} */ job) => [job.id, job]));
  store.models = state.models ?? [];
  store.updates = state.updates ?? [];
  store.folders = state.folders ?? [];
  store.parameters = state.parameters ?? [];
  store.recipes = state.recipes ?? [];
  store.tasks = state.tasks ?? [];
  store.paused = !!state.paused;
  store.event = state.event ?? 0;
  store.language = state.language ?? 'en';
  for (const topic of ['jobs', 'models', 'folders', 'queue']) tell(topic);
}

/** Loads the snapshot. */
export async function reload() {
  take(await get('/api/state'));
  await loadPictures();
}

/** Loads what belongs to the pictures of the feed. */
export async function loadPictures() {
  const wanted = new Set([...store.jobs.values()].flatMap((job) => job.pictures));
  let cursor = '';
  for (let page = 0; page < 8; page += 1) {
    const { pictures, next } = await get(`/api/pictures?limit=200${cursor}`);
    keep(pictures);
    for (const { id } of pictures) wanted.delete(id);
    if (!next || !wanted.size) return;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}

/** Remembers pictures and says which changed. @param {Picture[]} pictures */
export function keep(pictures) {
  for (const picture of pictures) store.pictures.set(picture.id, { ...store.pictures.get(picture.id), ...picture });
  tell('pictures', pictures);
}

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/** A picture, fetched if it is not known. @param {string} id @returns {Promise<Picture>} */
export async function picture(id) {
  const known = store.pictures.get(id);
  if (known) return known;
  if (!asked.has(id)) {
    asked.set(
      id,
      get(`/api/pictures/${id}`).then((found) => {
        keep([found]);
        return found;
      }).finally(() => asked.delete(id)),
    );
  }
  return asked.get(id);
}

/** Remembers jobs that a call returned. @param {Job[]} jobs */
export function keepJobs(jobs) {
  for (const job of jobs) {
    const known = store.jobs.get(job.id);
    if (known && rank(known) > rank(job)) continue;
    store.jobs.set(job.id, job);
    tell('job', job);
  }
  tell('jobs');
}

const rank = (/** @type {Job} */ job) => ({ queued: 0, running: 1 }[job.state] ?? 2);

/** Takes an event of the stream. @param {string} name @param {any} data */
export function hear(name, data) {
  if (name.startsWith('job.')) return hearJob(name, data);
  if (name.startsWith('train.')) return tell('train', { name, run: data.run });
  if (name.startsWith('fetch.')) return tell('fetch', data.fetch);
  if (name.startsWith('model.')) {
    get('/api/models').then((reply) => {
      store.models = reply.models ?? reply;
      store.updates = reply.updates ?? [];
      tell('models');
    }).catch(() => {});
  } else if (name === 'picture.changed') {
    keep(data.pictures ?? []);
    refreshFolders();
  } else if (name === 'queue.changed') {
    store.paused = !!data.paused;
    (data.order ?? []).forEach((/** @type {string} */ id, /** @type {number} */ place) => {
      const job = store.jobs.get(id);
      if (job) job.position = place + 1;
    });
    tell('queue');
  }
}

/** @param {string} name @param {any} data */
function hearJob(name, data) {
  if (name === 'job.progress' || name === 'job.preview') {
    const job = store.jobs.get(data.id);
    if (!job || rank(job) > 1) return;
    if (name === 'job.progress') Object.assign(job, { share: data.share, eta: data.eta ?? null, told: Date.now() });
    else {
      const address = `${data.url}${data.url.includes('?') ? '&' : '?'}${Date.now()}`;
      job.preview = { ...job.preview, [data.index]: address };
    }
    tell('job', job);
    return;
  }
  if (data.picture) keep([data.picture]);
  if (!data.job) return;
  const known = store.jobs.get(data.job.id);
  if (known) data.job.preview = { ...known.preview, ...data.job.preview };
  store.jobs.set(data.job.id, data.job);
  tell('job', data.job);
  if (name !== 'job.image') tell('jobs');
}

/** Loads the folders and their counts again. */
export async function refreshFolders() {
  const reply = await get('/api/folders').catch(() => null);
  if (!reply) return;
  store.folders = reply.folders ?? reply;
  tell('folders');
}

/** Jobs that wait, in their order. */
export const waiting = () =>
  [...store.jobs.values()].filter((job) => job.state === 'queued')
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.created - b.created);

/** Jobs being drawn. */
export const running = () => [...store.jobs.values()].filter((job) => job.state === 'running');

/** The model of that id or name, or the default. @param {string|null} [name] @returns {Model|undefined} */
export const model = (name) =>
  store.models.find((m) => m.id === name || m.name === name) ??
    store.models.find((m) => m.isDefault) ?? store.models[0];

/** Whether a model is asked for nothing: it knows neither words nor classes. @param {Model|undefined} m */
export const wordless = (m) => !!m && !m.takesText && !m.classNames?.length;

/** The parameters of a prompt, for a model that is asked for nothing; the usual one where there is none, as a prompt says something. @param {string} prompt */
export const parametersAlone = (prompt) =>
  prompt.match(/(?:^|\s)((?:--|—|–)[a-z].*)$/is)?.[1].trim() || '--stylize 100';

/** Why a model does not follow a parameter, or null. @param {string} name @param {string} [id] the model; the chosen one unless said */
export function refusal(name, id = store.chosen) {
  const known = store.parameters.find((p) => p.name === name || p.aliases?.includes(name));
  const refused = model(id)?.refused;
  return refused ? refused[known?.name ?? name] ?? null : known?.reason ?? null;
}
