// Prompts sent before, and presets: prompts with a name.

import { byId, kept } from '../core/dom.js';
import { t } from '../core/words.js';
import { menu } from '../core/menu.js';
import { note } from '../core/notes.js';
import { ask } from '../help/ask.js';

/** @type {string[]} */
let sent = kept.get('history', []);
/** @type {{name: string, prompt: string}[]} */
let presets = kept.get('presets', []);
let place = -1;
let unsent = '';
let write = (/** @type {string} */ _text) => {};
let read = () => '';

/** Remembers a prompt. @param {string} text */
export function remember(text) {
  sent = [text, ...sent.filter((s) => s !== text)].slice(0, 100);
  place = -1;
  kept.set('history', sent);
}

/** Prompts sent before, the newest first. */
export const history = () => sent;

/** Walks through the prompts sent before. @param {number} step */
export function walk(step) {
  if (place < 0) unsent = read();
  place = Math.max(-1, Math.min(sent.length - 1, place + step));
  write(place < 0 ? unsent : sent[place]);
}

const short = (/** @type {string} */ text) => (text.length > 60 ? text.slice(0, 59) + '…' : text);

/** @param {(text: string) => void} setter @param {() => string} getter */
export function startHistory(setter, getter) {
  write = setter;
  read = getter;
  const button = byId('history-button');
  button.addEventListener('click', () =>
    menu(button, [
      { text: t('preset.save'), icon: 'star', testid: 'preset-save', act: savePreset },
      ...presets.map((p, i) => ({ text: p.name, icon: 'text', testid: 'preset', act: () => usePreset(i) })),
      presets.length
        ? {
          text: t('preset.remove'),
          icon: 'trash',
          act: () => {
            presets = [];
            kept.set('presets', presets);
            note(t('preset.removed'));
          },
        }
        : null,
      null,
      ...(sent.length
        ? sent.slice(0, 12).map((text) => ({
          text: short(text),
          icon: 'history',
          testid: 'sent',
          act: () => setter(text),
        }))
        : [{ text: t('history.none'), why: t('history.none'), act: () => {} }]),
    ]));
}

async function savePreset() {
  if (!read().trim()) return note(t('preset.nothing'));
  const name = await ask(t('preset.name'), short(read().trim()));
  if (!name) return;
  presets = [{ name, prompt: read() }, ...presets.filter((p) => p.name !== name)].slice(0, 20);
  kept.set('presets', presets);
  note(t('preset.saved', { name }));
}

/** @param {number} index */
function usePreset(index) {
  write(presets[index].prompt);
}
