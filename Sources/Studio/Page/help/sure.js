// A question before what cannot be undone.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';

/** @param {string} question @param {string} yes @returns {Promise<boolean>} */
export function sure(question, yes) {
  return new Promise((answer) => {
    const done = (/** @type {boolean} */ value) => {
      box.close();
      box.remove();
      answer(value);
    };
    const box = h(
      'dialog.small-dialog',
      { 'aria-label': question, oncancel: () => done(false) },
      h('p', { text: question }),
      h(
        'div.row.end',
        {},
        h('button', { onclick: () => done(false), text: t('cancel'), autofocus: true }),
        h('button.primary', { 'data-testid': 'sure', onclick: () => done(true), text: yes }),
      ),
    );
    document.body.append(box);
    box.showModal();
  });
}
