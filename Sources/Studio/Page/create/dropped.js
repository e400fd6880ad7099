// A picture dropped on the page: what it says about itself is shown as text and used only on request.

import { byId, fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { call } from '../core/api.js';
import { keep } from '../core/store.js';
import { errorBox, said } from '../core/notes.js';
import { go, here } from '../core/router.js';
import { setPrompt, use } from './bar.js';
import { takeTable } from './advert.js';
import { adopt } from './settings.js';
import { order } from '../feed/actions.js';
import { importModel } from '../models/models.js';
import { openPicture } from '../view/lightbox.js';
import { takeOwn } from '../train/train.js';
import { gather, LeftOut } from './gather.js';

const WEIGHTS = /\.(safetensors|pt|pth|ckpt|pkl|bin)$/i;
const TABLES = /\.(csv)$/i;
const ARCHIVES = /\.(zip|tar|gz|tgz|bz2|xz|zst|7z|rar)$/i;

/** Sends a picture to the library. @param {File} file */
async function send(file) {
  // The studio looks at what is in it, not at what it is called.
  const type = file.type.startsWith('image/') ? file.type : 'application/octet-stream';
  const found = await call('POST', '/api/uploads', new Blob([file], { type }));
  keep([found]);
  return found;
}

/** Why a file is refused, by the studio's codes. @type {Record<string, string>} */
const REASONS = { invalid_image_format: 'format', invalid_image: 'damaged', file_too_large: 'large' };

/** Sends several, and says in one line what is left out and why. @param {File[]} files @param {LeftOut} left */
async function readAll(files, left) {
  if (here() !== 'create') go('/create');
  const place = byId('dropped');
  /** @type {import('../core/store.js').Picture[]} */
  const kept = [];
  for (const [at, file] of files.entries()) {
    fill(
      place,
      h('div.panel', {}, h('p', { text: t('drop.several', { k: at + 1, n: files.length, name: file.name }) })),
    );
    if (WEIGHTS.test(file.name)) left.add('weights', file.name);
    else if (ARCHIVES.test(file.name)) left.add('archive', file.name);
    else {
      try {
        kept.push(await send(file));
      } catch (/** @type {any} */ error) {
        left.add(REASONS[error?.code] ?? 'refused', file.name, said(error));
      }
    }
  }
  const why = [...left.reasons].map(([reason, one]) => t(`drop.why.${reason}`, one)).join(t('drop.and'));
  fill(
    place,
    h(
      'div.panel.dropped',
      { 'data-testid': 'dropped-many' },
      h('button.quiet.square.corner', { 'aria-label': t('close'), onclick: () => fill(place) }, icon('close')),
      h(
        'div.grow',
        {},
        h('p', { 'data-testid': 'dropped-count', text: t('drop.kept', { n: kept.length }) }),
        left.count
          ? h('p.small', { role: 'status', 'data-testid': 'left-out', text: t('drop.left', { n: left.count, why }) })
          : null,
        kept.length
          ? h(
            'div.row.wrap',
            {},
            h('button', {
              'data-testid': 'dropped-open',
              text: t('view.open'),
              onclick: () => openPicture(kept[0].id, kept.map((one) => one.id)),
            }),
          )
          : null,
      ),
    ),
  );
}

/** Sends a picture and shows what it says. @param {File} file */
export async function read(file) {
  if (here() !== 'create') go('/create');
  const place = byId('dropped');
  fill(place, h('div.panel', {}, h('p', { text: t('drop.reading', { name: file.name }) })));
  try {
    const found = await send(file);
    show(place, found);
  } catch (error) {
    fill(place, errorBox(error, () => fill(place)));
  }
}

/** @param {any} place @param {any} found */
function show(place, found) {
  const close = () => fill(place);
  const told = found.read;
  const parameters = Object.entries(told?.parameters ?? {});
  fill(
    place,
    h(
      'div.panel.dropped',
      { 'data-testid': 'dropped' },
      h('button.quiet.square.corner', { 'aria-label': t('close'), onclick: close }, icon('close')),
      h(
        'button.picture.checks',
        { 'aria-label': t('view.open'), onclick: () => openPicture(found.id, [found.id]) },
        h('img.exact', { src: found.url, alt: t('drop.alt') }),
      ),
      h(
        'div.grow',
        {},
        h('p.small', {}, `${found.width} × ${found.height}`, told?.tool ? ` · ${told.tool}` : ''),
        told
          ? h('p.prompt', { 'data-testid': 'dropped-prompt', text: told.prompt ?? '' })
          : h('p', { text: t('drop.nothing') }),
        parameters.length
          ? h(
            'dl.facts',
            {},
            parameters.map(([name, value]) => [h('dt', { text: name }), h('dd', { text: String(value) })]),
          )
          : null,
        told ? h('p.small', { text: t('drop.untrusted') }) : null,
        h(
          'div.row.wrap',
          {},
          told
            ? h('button.primary', {
              'data-testid': 'use-settings',
              text: t('drop.use'),
              onclick: () => {
                setPrompt(told.prompt ?? '');
                adopt(told.parameters ?? {});
                close();
              },
            })
            : null,
          told
            ? h('button', {
              'data-testid': 'use-prompt',
              text: t('act.usePrompt'),
              onclick: () => {
                setPrompt(told.prompt ?? '');
                close();
              },
            })
            : null,
          h('button', {
            text: t('act.strong'),
            onclick: () => {
              order({ kind: 'vary', pictures: [found.id], numbers: { strong: 1 }, prompt: told?.prompt ?? '' });
              close();
            },
          }),
          h('button', {
            text: t('act.remix'),
            onclick: () => {
              use('remix', found.id);
              setPrompt(told?.prompt ?? '');
              close();
            },
          }),
          h('button', { text: t('act.edit'), onclick: () => go(`/edit/${found.id}`) }),
        ),
      ),
    ),
  );
}

/** Takes what is dropped anywhere. */
export function startDrop() {
  let depth = 0;
  const hint = byId('drop-here');
  const files = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragenter', (event) => {
    if (files(event)) {
      depth += 1;
      hint.hidden = false;
    }
  });
  document.addEventListener('dragleave', (event) => {
    if (files(event) && --depth <= 0) hint.hidden = true;
  });
  document.addEventListener('dragover', (event) => {
    if (files(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = 0;
    hint.hidden = true;
    if (event.dataTransfer) gather(event.dataTransfer).then(({ files, left }) => take(files, left));
  });
  document.addEventListener('paste', (event) => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length) {
      event.preventDefault();
      take(files, new LeftOut());
    }
  });
}

/** One file is a model, a table of pages, or is looked at; of several the pictures are kept. @param {File[]} files @param {LeftOut} left */
function take(files, left) {
  if (here() === 'train' && !files.some((file) => WEIGHTS.test(file.name))) return takeOwn(files, left);
  if (files.length !== 1 || left.count) return files.length || left.count ? readAll(files, left) : undefined;
  if (TABLES.test(files[0].name)) return takeTable(files[0]);
  return WEIGHTS.test(files[0].name) ? importModel(files[0]) : read(files[0]);
}
