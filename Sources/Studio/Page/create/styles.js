// Style codes: whole numbers for the look alone; several are mixed, each with a weight: 123::2 456.

import { to } from '../core/base.js';
import { h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { chance, dice } from '../core/chance.js';
import { copy } from '../core/copy.js';
import { note } from '../core/notes.js';
import { set, settings } from './settings.js';

const MOST = 4_294_967_295;

/** Codes as they count, or null where they are none. @param {string} text */
export function codesOf(text) {
  const codes = text.trim().split(/[\s,]+/).filter(Boolean);
  return codes.every((code) => /^\d{1,10}(::\d{1,4}(\.\d{1,4})?)?$/.test(code) && Number.parseInt(code, 10) <= MOST)
    ? codes.join(' ')
    : null;
}

/** The codes and their strength that a prompt says. @param {string} prompt */
export function styleIn(prompt) {
  const said = (/** @type {string} */ name) =>
    prompt.match(new RegExp(`(?:^|\\s)(?:--|—|–)${name}\\s+((?:(?!\\s(?:--|—|–)).)*)`, 'i'))?.[1].trim();
  const sref = codesOf(said('sref') ?? '') || '';
  const sw = Number(said('sw') ?? 100);
  return { sref, sw: sw >= 0 && sw <= 1000 ? sw : 100 };
}

/** The flags for the style, where the prompt says none itself. @param {(...names: string[]) => boolean} own what the prompt says or the model does not follow */
export function styleFlags(own) {
  if (!settings.sref || own('sref')) return [];
  return [`--sref ${settings.sref}`, settings.sw !== 100 && !own('sw') ? `--sw ${settings.sw}` : ''].filter(Boolean);
}

/** The address that sets this style. */
export const link = () =>
  `${location.origin}${to('/create')}?sref=${encodeURIComponent(settings.sref)}&sw=${settings.sw}`;

/** Sets the style that the address names, once. */
export function takeLink() {
  const query = new URLSearchParams(location.search);
  const sref = codesOf(query.get('sref') ?? '');
  if (!query.has('sref')) return;
  history.replaceState(history.state, '', location.pathname);
  if (!sref) return note(t('style.wrong'));
  useStyle(sref, Number(query.get('sw') ?? 100));
}

/** Draws in this style from now on. @param {string} sref @param {number} sw */
export function useStyle(sref, sw) {
  set({ sref, sw: Number.isFinite(sw) ? Math.max(0, Math.min(1000, Math.round(sw))) : 100 });
  note(t('style.set', { code: sref }));
}

/** The field of the code and what one does with it. @param {string|null} why why the model follows no style */
export function styleField(why) {
  const error = h('span.small.wrong', { id: 'style-wrong', role: 'status' });
  const input = h('input', {
    type: 'text',
    inputmode: 'text',
    value: settings.sref,
    placeholder: t('style.none'),
    id: 'set-sref',
    'data-testid': 'set-sref',
    disabled: why !== null,
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': 'style-wrong',
    onchange: () => {
      const codes = codesOf(input.value);
      input.setAttribute('aria-invalid', String(codes === null));
      error.textContent = codes === null ? t('style.wrong') : '';
      if (codes === null) return;
      input.value = codes;
      set({ sref: codes }, true);
      for (const one of takers) one.disabled = !codes;
    },
  });
  const button = (/** @type {string} */ name, /** @type {string} */ image, /** @type {() => any} */ run) =>
    h('button.quiet.square', {
      type: 'button',
      disabled: why !== null || !settings.sref,
      'aria-label': t('style.' + name),
      title: t('style.' + name),
      'data-testid': `style-${name}`,
      onclick: run,
    }, icon(image, 16));
  const random = dice(t('style.dice'), () => set({ sref: chance() }), 'style-dice');
  random.disabled = why !== null;
  const takers = [button('copy', 'copy', () => copy(settings.sref)), button('share', 'link', () => copy(link()))];
  return h(
    'div.field',
    { title: why ?? t('style.text') },
    h('label.label', { for: 'set-sref' }, t('style.code'), h('code', { text: '--sref' })),
    h('div.row.style-row', {}, input, random, takers),
    error,
    why ? h('span.small.why', { text: why }) : null,
  );
}
