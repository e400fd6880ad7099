// Copying: a text goes to the clipboard, and a note says so.

import { h } from './dom.js';
import { t } from './words.js';
import { note } from './notes.js';

/** Copies a text. Where the page may not write to the clipboard, a field that nobody sees does it. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h('textarea.hidden', { value: text, 'aria-hidden': 'true' });
    const back = /** @type {any} */ (document.activeElement);
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    back?.focus?.();
  }
  note(t('copied'));
}
