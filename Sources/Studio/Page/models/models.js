// The models: what they are, by their cards; imported, made the default, deleted.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { figure, t } from '../core/words.js';
import { call, get, patch, remove } from '../core/api.js';
import { on, store, tell } from '../core/store.js';
import { announce, attempt, errorBox, note } from '../core/notes.js';
import { go, here } from '../core/router.js';
import { set } from '../create/settings.js';
import { focusPrompt } from '../create/bar.js';
import { sure } from '../help/sure.js';
import { published, verify } from './fetches.js';
import { prose } from './prose.js';

const place = /** @type {any} */ (document.querySelector('section[data-place="models"]'));
let message = h('div');
let shelf = /** @type {any} */ (null);
/** Models that a command has added to the machine. @type {{name: string, kind: string, bytes: number}[]} */
let untaken = [];

/** Reads the models anew. */
export async function refreshModels() {
  const reply = await get('/api/models');
  store.models = reply.models ?? reply;
  untaken = reply.onDisk ?? [];
  store.updates = reply.updates ?? [];
  tell('models');
}

/** Sends a file to become a model. @param {File} file */
export async function importModel(file) {
  if (here() !== 'models') go('/models');
  fill(message, h('p', { role: 'status', text: t('models.reading', { name: file.name }) }));
  try {
    const name = file.name.replace(/\.safetensors$/i, '');
    const added = await call(
      'POST',
      `/api/models?name=${encodeURIComponent(name)}`,
      new Blob([file], { type: 'application/octet-stream' }),
    );
    fill(message);
    note(t('models.added', { name: added.name }));
    await refreshModels();
  } catch (error) {
    fill(message, errorBox(error));
  }
}

/** Takes a model that a command has added. @param {string} name */
async function take(name) {
  fill(message, h('p', { role: 'status', text: t('models.reading', { name }) }));
  try {
    const added = await call('POST', '/api/models', { onDisk: name });
    fill(message);
    note(t('models.added', { name: added.name }));
    await refreshModels();
  } catch (error) {
    fill(message, errorBox(error));
  }
}

/** The models that could be taken, if any. */
function choices() {
  if (!untaken.length) return null;
  const one = (/** @type {{name: string, kind: string, bytes: number}} */ m) =>
    h('button', {
      'data-testid': 'model-take',
      title: `${m.kind}, ${figure(Math.round(m.bytes / 1e6))} MB`,
      onclick: () => take(m.name),
      text: t('models.take', { name: m.name }),
    });
  return h('div.row.wrap', {}, h('span', { text: t('models.untaken') }), ...untaken.map(one));
}

/** @param {import('../core/store.js').Model} m */
function card(m) {
  const fact = (
    /** @type {string} */ name,
    /** @type {any} */ value,
  ) => [h('dt', { text: t('models.' + name) }), h('dd', { text: String(value) })];
  return h(
    'article.panel.model',
    { 'data-testid': 'model', 'data-id': m.id },
    h(
      'div.row.wrap',
      {},
      h('h2', { text: m.name }),
      m.isDefault ? h('span.badge.good', { text: t('models.default'), 'data-testid': 'is-default' }) : null,
      m.isBundled ? h('span.badge', { text: t('models.bundled') }) : null,
    ),
    h(
      'dl.facts',
      {},
      fact('family', m.family),
      fact('set', m.set),
      fact('images', figure(m.images)),
      fact('size', `${m.width} × ${m.height}`),
      fact('words', t(m.takesText ? 'models.yes' : 'models.no')),
      m.repairs ? fact('repairs', t('models.yes')) : null,
      m.classNames?.length
        ? fact('classes', m.classNames.slice(0, 40).join(', ') + (m.classNames.length > 40 ? ' …' : ''))
        : null,
      h('dt', { text: t('models.hash') }),
      h(
        'dd',
        {},
        h('button.figure.hash', {
          title: t('copy'),
          'data-testid': 'model-hash',
          onclick: () => navigator.clipboard?.writeText(m.digest).then(() => announce(t('copied'))),
          text: m.digest,
        }),
      ),
    ),
    m.card
      ? h('details', { 'data-testid': 'model-card' }, h('summary', { text: t('models.card') }), prose(m.card))
      : null,
    h(
      'div.row.wrap',
      {},
      h(
        'button',
        {
          onclick: () => {
            set({ model: m.id, size: '' });
            go('/create');
            focusPrompt();
          },
          'data-testid': 'model-use',
        },
        icon('create', 16),
        t('models.use'),
      ),
      m.isDefault ? null : h('button', {
        'data-testid': 'model-default',
        onclick: () =>
          attempt(async () => {
            await patch(`/api/models/${m.id}`, { isDefault: true });
            await refreshModels();
          }),
        text: t('models.make'),
      }),
      m.isFetched
        ? h('button', { 'data-testid': 'model-verify', onclick: () => verify(m.id), text: t('fetch.verify') })
        : null,
      m.isBundled ? null : h('button', {
        'data-testid': 'model-delete',
        onclick: async () => {
          if (!(await sure(t('models.remove.sure', { name: m.name }), t('models.remove')))) return;
          await attempt(async () => {
            await remove(`/api/models/${m.id}`);
            await refreshModels();
          });
        },
        text: t('models.remove'),
      }),
    ),
  );
}

function draw() {
  const open = new Set([...place.querySelectorAll('details[open]')].map((d) => d.closest('.model').dataset.id));
  const file = h('input', {
    type: 'file',
    accept: '.safetensors',
    class: 'hidden',
    tabindex: -1,
    'aria-hidden': 'true',
    'data-testid': 'model-file',
    onchange: () => {
      if (file.files?.[0]) importModel(file.files[0]);
      file.value = '';
    },
  });
  fill(
    place,
    h(
      'div.row.wrap.head',
      {},
      h('h1.grow', { text: t('models.title') }),
      file,
      h('button.primary', { 'data-testid': 'model-import', onclick: () => file.click(), text: t('models.import') }),
    ),
    h('p.small', { text: t('models.hint') }),
    choices(),
    message,
    store.models.length ? h('div.cards', {}, store.models.map(card)) : h('p.empty-words', { text: t('models.empty') }),
    shelf ??= published(),
  );
  for (const id of open) place.querySelector(`.model[data-id="${id}"] details`)?.setAttribute('open', '');
}

export const models = {
  show() {
    if (!place.firstChild) {
      on('models', () => {
        if (here() === 'models') draw();
      });
      on('words', draw);
    }
    draw();
    refreshModels().catch(() => {});
  },
};
