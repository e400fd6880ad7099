// Words: every text a person sees comes from one file per language.

import { to } from './base.js';
import { kept } from './dom.js';

export const LANGUAGES = ['en', 'zh'];
/** @type {Record<string, string|Record<string, string>>} */
let words = {};
export let language = 'en';
const listeners = new Set();

/** Loads the words of a language. @param {string} wanted */
export async function speak(wanted) {
  language = LANGUAGES.includes(wanted) ? wanted : 'en';
  const reply = await fetch(to(`/page/words/${language}.json`));
  words = await reply.json();
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  apply(document);
  for (const call of listeners) call();
}

/** Changes the language for good. @param {string} wanted */
export async function choose(wanted) {
  kept.set('language', wanted);
  await speak(wanted);
}

/** The language to begin with. @param {string|undefined} served */
export function firstLanguage(served) {
  const own = kept.get('language', null);
  if (own) return own;
  if (navigator.languages?.some((l) => l.startsWith('zh'))) {
    return navigator.languages[0].startsWith('zh') ? 'zh' : 'en';
  }
  return served && LANGUAGES.includes(served) ? served : 'en';
}

/** Calls back whenever the language changes. @param {() => void} call */
export const onWords = (call) => listeners.add(call);

/**
 * The words for a key; `{name}` is replaced by values, `{one, other}` forms are chosen by `n`.
 * @param {string} key @param {Record<string, any>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const found = words[key];
  const text = found && typeof found === 'object'
    ? found[new Intl.PluralRules(language).select(values.n ?? 0)] ?? found.other
    : found;
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** Puts words where `data-word`, `data-hint`, `data-label` ask for them. @param {ParentNode} root */
export function apply(root) {
  for (const el of root.querySelectorAll('[data-word]')) el.textContent = t(/** @type {any} */ (el).dataset.word);
  for (const el of root.querySelectorAll('[data-hint]')) {
    el.setAttribute('placeholder', t(/** @type {any} */ (el).dataset.hint));
  }
  for (const el of root.querySelectorAll('[data-label]')) {
    el.setAttribute('aria-label', t(/** @type {any} */ (el).dataset.label));
    el.setAttribute('title', t(/** @type {any} */ (el).dataset.label));
  }
}

/** A length of time in words. @param {number} seconds */
export function duration(seconds) {
  if (!(seconds >= 0)) return '';
  if (seconds < 1) return t('time.moment');
  if (seconds < 60) return t('time.seconds', { n: Math.round(seconds) });
  if (seconds < 3600) return t('time.minutes', { n: Math.round(seconds / 60) });
  const hours = Math.floor(seconds / 3600);
  return t('time.hours', { n: hours, m: Math.round((seconds - hours * 3600) / 60) });
}

/** A day and time in the language's own form. @param {number} seconds since 1970 */
export const moment = (seconds) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(seconds * 1000));

/** A number in the language's own form. @param {number} value @param {number} [digits] */
export const figure = (value, digits = 0) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
