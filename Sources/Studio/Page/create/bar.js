// The prompt bar: what is typed stays, whatever place the page is at; mod+Enter draws.

import { byId, fill, h, kept, newKey, settled } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { post } from '../core/api.js';
import { keepJobs, model, on, parametersAlone, picture, wordless } from '../core/store.js';
import { bind } from '../core/keys.js';
import { announce, fail } from '../core/notes.js';
import { go, here } from '../core/router.js';
import { flags, request, settings, startSettings, toggleSettings } from './settings.js';
import { remember, startHistory, walk } from './history.js';
import { preview } from './permutations.js';
import { startSpeaking } from './speak.js';

const field = () => byId('prompt');
/** @type {{mode: string, id: string}|null} */
let using = null;
let folder = /** @type {string|null} */ (null);

/** Makes the field as high as its text. */
function grow() {
  const el = field();
  el.style.height = 'auto';
  el.style.height = `${Math.min(el.scrollHeight, 200)}px`;
  const bar = byId('bar');
  document.documentElement.style.setProperty('--bar', `${bar.offsetHeight}px`);
}

/** Puts a prompt into the bar. @param {string} text @param {boolean} [focus] */
export function setPrompt(text, focus = true) {
  field().value = text;
  kept.set('draft', text);
  grow();
  if (focus) focusPrompt();
}

/** What is in the bar. */
export const prompt = () => field().value;

/** Puts the focus into the bar, behind the text. */
export function focusPrompt() {
  field().focus();
  field().setSelectionRange(field().value.length, field().value.length);
}

/** New pictures go into this folder. @param {string|null} id */
export const setFolder = (id) => {
  folder = id;
};

/** Works on a picture with the prompt of the bar. @param {string|null} mode remix @param {string} [id] */
export async function use(mode, id) {
  using = mode && id ? { mode, id } : null;
  const place = byId('using');
  if (!using) return fill(place);
  const source = await picture(using.id);
  fill(
    place,
    h(
      'span.chip.large',
      { 'data-testid': 'using' },
      h('img.exact', { src: source.url, alt: '', width: 24, height: 24 }),
      t('bar.' + mode),
      h(
        'button.quiet.square.tiny',
        { type: 'button', 'aria-label': t('close'), onclick: () => use(null) },
        icon('close', 12),
      ),
    ),
  );
  grow();
}

/** The order that the bar stands for. @param {string} text */
function order(text) {
  const all = [text, flags(text)].filter(Boolean).join(' ') || parametersAlone('');
  const base = { ...request(), prompt: all, folder, mask: null, numbers: {}, pictures: [], kind: 'imagine' };
  if (using?.mode === 'remix') {
    return {
      ...base,
      kind: 'vary',
      pictures: [using.id],
      numbers: { strong: 1 },
      seed: null,
      draft: false,
      layout: null,
    };
  }
  return base;
}

/** Sends what is in the bar. */
export async function draw() {
  const text = field().value.trim();
  fail(byId('bar-error'));
  if (!text && !wordless(model(settings.model))) return focusPrompt();
  const wanted = order(text);
  toggleSettings(false);
  if (/(^|[^\\])[{}｛｝﹛﹜︷︸]/.test(text)) return preview(wanted, () => send(wanted));
  await send(wanted);
}

/** @param {any} wanted */
async function send(wanted) {
  const key = newKey();
  try {
    const { jobs } = await post('/api/jobs', wanted, { 'idempotency-key': key });
    if (field().value.trim()) remember(field().value.trim());
    keepJobs(jobs);
    announce(t('bar.sent', { n: jobs.length }));
    await use(null);
    if (here() !== 'create' && here() !== 'library') go('/create');
    else if (here() === 'create') scrollTo({ top: 0 });
  } catch (error) {
    fail(byId('bar-error'), error);
  }
  grow();
}

/** Puts the bar into motion. */
export function startBar() {
  startSettings();
  startHistory(setPrompt, prompt);
  startSpeaking(setPrompt, prompt);
  const save = settled(() => kept.set('draft', field().value), 150);
  field().value = kept.get('draft', '');
  field().addEventListener('input', () => {
    grow();
    save();
    fail(byId('bar-error'));
  });
  byId('form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    draw();
  });
  window.addEventListener('pagehide', () => kept.set('draft', field().value));
  new ResizeObserver(grow).observe(byId('bar'));
  bind('bar', {
    draw,
    older: () => walk(1),
    newer: () => walk(-1),
  });
  bind('global', { prompt: focusPrompt });
  on('words', grow);
  grow();
}
