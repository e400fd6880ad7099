// Questions that need a word or a yes.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';

/** Asks for a line of text. @param {string} question @param {string} [suggestion] @returns {Promise<string|null>} */
export function ask(question, suggestion = '') {
  return new Promise((answer) => {
    const input = h('input', { type: 'text', value: suggestion, 'aria-label': question, 'data-testid': 'answer' });
    const done = (/** @type {string|null} */ value) => {
      box.close();
      box.remove();
      answer(value);
    };
    const box = h(
      'dialog.small-dialog',
      { oncancel: () => done(null) },
      h(
        'form',
        {
          method: 'dialog',
          onsubmit: (/** @type {Event} */ e) => {
            e.preventDefault();
            done(input.value.trim() || null);
          },
        },
        h('p', { text: question }),
        input,
        h(
          'div.row.end',
          {},
          h('button', { type: 'button', onclick: () => done(null), text: t('cancel') }),
          h('button.primary', { type: 'submit', text: t('ok'), 'data-testid': 'ok' }),
        ),
      ),
    );
    document.body.append(box);
    box.showModal();
    input.select();
  });
}
