// A picture dropped on the page: what it says about itself is shown as text and used only on request.

import { h, fill, byId } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { call } from '../core/api.js';
import { keep } from '../core/store.js';
import { errorBox } from '../core/notes.js';
import { go, here } from '../core/router.js';
import { setPrompt, use } from './bar.js';
import { adopt } from './settings.js';
import { order } from '../feed/actions.js';
import { importModel } from '../models/models.js';
import { openPicture } from '../view/lightbox.js';

/** Sends a picture and shows what it says. @param {File} file */
export async function read(file) {
  if (here() !== 'create') go('/create');
  const place = byId('dropped');
  fill(place, h('div.panel', {}, h('p', { text: t('drop.reading', { name: file.name }) })));
  try {
    const found = await call('POST', '/api/uploads', new Blob([file], { type: file.type || 'image/png' }));
    keep([found]);
    show(place, found);
  } catch (error) {
    fill(place, errorBox(error, () => fill(place)));
  }
}

/** @param {any} place @param {any} found */
function show(place, found) {
  const close = () => fill(place);
  const said = found.read;
  const parameters = Object.entries(said?.parameters ?? {});
  fill(place, h('div.panel.dropped', { 'data-testid': 'dropped' },
    h('button.quiet.square.corner', { 'aria-label': t('close'), onclick: close }, icon('close')),
    h('button.picture.checks', { 'aria-label': t('view.open'), onclick: () => openPicture(found.id, [found.id]) }, h('img.exact', { src: found.url, alt: t('drop.alt') })),
    h('div.grow', {},
      h('p.small', {}, `${found.width} × ${found.height}`, said?.tool ? ` · ${said.tool}` : ''),
      said ? h('p.prompt', { 'data-testid': 'dropped-prompt', text: said.prompt ?? '' }) : h('p', { text: t('drop.nothing') }),
      parameters.length ? h('dl.facts', {}, parameters.map(([name, value]) => [h('dt', { text: name }), h('dd', { text: String(value) })])) : null,
      said ? h('p.small', { text: t('drop.untrusted') }) : null,
      h('div.row.wrap', {},
        said ? h('button.primary', { 'data-testid': 'use-settings', text: t('drop.use'), onclick: () => { setPrompt(said.prompt ?? ''); adopt(said.parameters ?? {}); close(); } }) : null,
        said ? h('button', { 'data-testid': 'use-prompt', text: t('act.usePrompt'), onclick: () => { setPrompt(said.prompt ?? ''); close(); } }) : null,
        h('button', { text: t('act.strong'), onclick: () => { order({ kind: 'vary', pictures: [found.id], numbers: { strong: 1 }, prompt: said?.prompt ?? '' }); close(); } }),
        h('button', { text: t('act.remix'), onclick: () => { use('remix', found.id); setPrompt(said?.prompt ?? ''); close(); } }),
        h('button', { text: t('act.edit'), onclick: () => go(`/edit/${found.id}`) })))));
}

/** Takes what is dropped anywhere. */
export function startDrop() {
  let depth = 0;
  const hint = byId('drop-here');
  const files = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragenter', (event) => { if (files(event)) { depth += 1; hint.hidden = false; } });
  document.addEventListener('dragleave', (event) => { if (files(event) && --depth <= 0) hint.hidden = true; });
  document.addEventListener('dragover', (event) => { if (files(event)) event.preventDefault(); });
  document.addEventListener('drop', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = 0;
    hint.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
  document.addEventListener('paste', (event) => {
    const file = event.clipboardData?.files[0];
    if (file) { event.preventDefault(); take(file); }
  });
}

/** @param {File} file */
function take(file) {
  if (/\.(safetensors|pt|pth|ckpt|pkl|bin)$/i.test(file.name)) importModel(file);
  else read(file);
}
