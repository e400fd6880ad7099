// A person's own pictures: gathered with a caption each, looked at, and learned from.

import { fill, h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { figure, t } from '../core/words.js';
import { call, post, remove } from '../core/api.js';
import { errorBox, said } from '../core/notes.js';
import { LeftOut } from '../create/gather.js';

const ARCHIVE = /\.zip$/i;
const CAPTION = /\.(txt|caption)$/i;
const PICTURE = /\.(png|jpe?g|webp|bmp|avif|heic|heif|jxl)$/i;

const stem = (/** @type {string} */ name) => name.replace(/^.*\//, '').replace(/\.[^.]*$/, '');

/** What a file's name says of its picture, as far as it says anything. @param {string} name */
export function wordsOf(name) {
  const words = stem(name).replace(/[_\-.+]+/g, ' ').replace(/\(?\b\d+\)?/g, ' ').replace(/\s+/g, ' ').trim();
  return /^(img|image|dsc[nf]?|pxl|photo|picture|screenshot|untitled|图片|照片)?[\s\d]*$/i.test(words) ? '' : words;
}

/**
 * The form that gathers pictures, looks at them and begins a run.
 * @param {(run: any) => void} done @param {() => void} cancelled
 */
export function own(done, cancelled) {
  /** @type {{file: File, caption: HTMLInputElement, el: Element, address: string}[]} */
  let rows = [];
  /** @type {File|null} */
  let archive = null;
  /** The set that the studio has, and whether it is what is shown here. */
  let set = '';
  let left = new LeftOut();
  const list = h('ul.own-list', { 'data-testid': 'own-list' });
  const status = h('div', { role: 'status', 'data-testid': 'own-status' });
  const count = h('p.small', { 'data-testid': 'own-count' });
  const name = h('input', {
    id: 'own-name',
    type: 'text',
    maxlength: 80,
    value: t('own.usual'),
    'data-testid': 'own-name',
  });

  const picker = (/** @type {Record<string, any>} */ props, /** @type {string} */ id) => {
    const input = h('input', {
      type: 'file',
      class: 'hidden',
      tabindex: -1,
      'aria-hidden': 'true',
      'data-testid': id,
      ...props,
      onchange: () => {
        take([...input.files ?? []], new LeftOut());
        input.value = '';
      },
    });
    return input;
  };
  const files = picker({ multiple: true, accept: 'image/*,.zip,.txt,.caption' }, 'own-files');
  const folder = picker({ webkitdirectory: true }, 'own-folder');
  const look = h('button.primary', {
    type: 'button',
    disabled: true,
    'data-testid': 'own-check',
    onclick: () => check(),
  }, t('own.check'));
  const begin = h('button.primary', {
    type: 'button',
    disabled: true,
    'data-testid': 'own-train',
    onclick: () => train(),
  }, t('own.train'));

  /** Whatever is shown is not what was looked at any more. */
  function changed() {
    begin.disabled = true;
    look.disabled = !rows.length && !archive;
    fill(status);
    const missing = rows.filter((row) => !row.caption.value.trim()).length;
    const why = [...left.reasons].map(([reason, one]) => t(`drop.why.${reason}`, one)).join(t('drop.and'));
    fill(
      count,
      archive
        ? t('own.archive', { name: archive.name })
        : rows.length
        ? t(missing ? 'own.missing' : 'own.count', { n: rows.length, missing: figure(missing) })
        : t('own.none'),
      left.count ? h('span.block', { 'data-testid': 'own-left', text: t('drop.left', { n: left.count, why }) }) : null,
    );
  }

  /** @param {File} file @param {string} caption */
  function add(file, caption) {
    const address = URL.createObjectURL(file);
    const field = h('input', {
      type: 'text',
      maxlength: 1000,
      value: caption,
      placeholder: t('own.caption'),
      'aria-label': t('own.caption.of', { name: file.name }),
      'data-testid': 'own-caption',
      oninput: changed,
    });
    const row = { file, caption: field, el: h('li'), address };
    fill(
      row.el,
      h('img', { src: address, alt: '', loading: 'lazy' }),
      h('div.grow', {}, h('span.small.one-line.block', { text: file.name }), field),
      h('button.quiet.square', {
        type: 'button',
        'aria-label': t('own.remove', { name: file.name }),
        onclick: () => {
          rows = rows.filter((one) => one !== row);
          URL.revokeObjectURL(address);
          row.el.remove();
          changed();
        },
      }, icon('close', 16)),
    );
    rows.push(row);
    list.append(row.el);
  }

  /** Takes files that were chosen or dropped. @param {File[]} found @param {LeftOut} before */
  async function take(found, before) {
    left = before;
    const texts = new Map();
    for (const file of found.filter((one) => CAPTION.test(one.name))) {
      texts.set(stem(file.name), (await file.text()).split('\n')[0].trim());
    }
    for (const file of found) {
      if (CAPTION.test(file.name) || file.name.startsWith('.')) continue;
      if (ARCHIVE.test(file.name)) {
        if (rows.length || archive) left.add('archive', file.name);
        else archive = file;
      } else if (!PICTURE.test(file.name) && !file.type.startsWith('image/')) left.add('format', file.name);
      else if (archive) left.add('refused', file.name, t('own.either'));
      else add(file, texts.get(stem(file.name)) ?? wordsOf(file.name));
    }
    changed();
  }

  /** Gives up the set that the studio has. */
  async function forget() {
    if (set) await remove(`/api/sets/${set}`).catch(() => null);
    set = '';
  }

  /** Sends everything and has it looked at. */
  async function check() {
    look.disabled = begin.disabled = true;
    const say = (/** @type {string} */ text) => fill(status, h('p', { text }));
    try {
      await forget();
      const made = await post('/api/sets', { name: name.value.trim() || t('own.usual') });
      set = made.id;
      if (archive) {
        say(t('own.sending', { k: 1, n: 1 }));
        await call('PUT', `/api/sets/${set}/archive`, new Blob([archive], { type: 'application/zip' }));
      } else {
        /** @type {Record<string, string>} */
        const captions = {};
        const refused = new LeftOut();
        for (const [at, row] of rows.entries()) {
          say(t('own.sending', { k: at + 1, n: rows.length }));
          const type = row.file.type.startsWith('image/') ? row.file.type : 'application/octet-stream';
          try {
            const kept = await call(
              'POST',
              `/api/sets/${set}/pictures?name=${encodeURIComponent(row.file.name)}`,
              new Blob([row.file], { type }),
            );
            captions[kept.name] = row.caption.value.trim();
          } catch (/** @type {any} */ error) {
            if (!error?.status) throw error;
            refused.add('refused', row.file.name, said(error));
          }
        }
        await call('PUT', `/api/sets/${set}/captions`, captions);
        for (const [reason, one] of refused.reasons) left.reasons.set(reason, one);
        changed();
      }
      say(t('own.looking'));
      show(await post(`/api/sets/${set}/check`));
    } catch (error) {
      fill(status, errorBox(error, check));
    } finally {
      look.disabled = false;
    }
  }

  /** @param {any} found */
  function show(found) {
    begin.disabled = Boolean(found.refusal);
    fill(
      status,
      h('p', { 'data-testid': 'own-found', text: t('own.found', { n: found.readable }) }),
      found.lines.length
        ? h(
          'ul.small',
          { 'data-testid': 'own-lines' },
          found.lines.slice(0, 20).map((/** @type {string} */ line) => h('li', { text: line })),
        )
        : null,
      found.refusal ? h('p.bad', { role: 'alert', 'data-testid': 'own-refusal', text: found.refusal }) : h('p', {
        'data-testid': 'own-minutes',
        text: t('own.minutes', { n: Math.max(1, Math.ceil(found.minutes)) }),
      }),
    );
  }

  async function train() {
    begin.disabled = true;
    try {
      done(await post('/api/training', { recipe: 'my-pictures', settings: {}, resume: null, set }));
    } catch (error) {
      fill(status, errorBox(error, train));
      begin.disabled = false;
    }
  }

  const el = h(
    'div.panel.starter.own',
    { 'data-testid': 'own' },
    h('h2', { text: t('own.title') }),
    h('p', { text: t('own.about') }),
    files,
    folder,
    h(
      'div.row.wrap',
      {},
      h('button', { type: 'button', onclick: () => files.click(), text: t('own.files') }),
      h('button', { type: 'button', onclick: () => folder.click(), text: t('own.folder') }),
    ),
    count,
    list,
    h('div.field', {}, h('label.label', { for: 'own-name', text: t('own.name') }), name),
    status,
    h(
      'div.row.end.wrap',
      {},
      h('button', {
        type: 'button',
        onclick: () => {
          forget();
          cancelled();
        },
        text: t('cancel'),
      }),
      look,
      begin,
    ),
  );
  changed();
  return { el, take };
}
