// What was drawn for words that no caption has.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';

/** A line for each such word. @param {import('../core/store.js').Picture|undefined} p A picture. */
export function readings(p) {
  return (p?.readings ?? []).map((r) =>
    h('p.small', { 'data-testid': 'reading', text: t('many.reading', { word: r.word, drawn: r.drawn }) })
  );
}
