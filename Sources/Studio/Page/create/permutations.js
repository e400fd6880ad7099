// Braces in a prompt make several: they are listed and counted before anything is sent.

import { byId, fill, h } from '../core/dom.js';
import { t } from '../core/words.js';
import { post } from '../core/api.js';
import { fail } from '../core/notes.js';
import { settings } from './settings.js';

/** Shows what would be drawn, and asks. @param {any} wanted @param {() => Promise<void>} send */
export async function preview(wanted, send) {
  const place = byId('permutations');
  /** @type {{prompts: string[], readings?: Record<string, string>, unknown?: Record<string, string>}} */
  let found;
  try {
    found = await post('/api/read', { prompt: wanted.prompt, model: wanted.model });
  } catch (error) {
    fill(place);
    return fail(byId('bar-error'), error);
  }
  const { prompts } = found;
  if (prompts.length === 1) return send();
  const close = () => {
    fill(place);
    byId('prompt').focus();
  };
  const each = settings.draft ? 24 : settings.count;
  const go = h('button.primary', {
    type: 'button',
    'data-testid': 'confirm',
    text: t('many.confirm', { n: prompts.length }),
    onclick: async () => {
      fill(place);
      await send();
    },
  });
  fill(
    place,
    h(
      'div.panel',
      {
        role: 'group',
        'aria-label': t('many.label'),
        'data-testid': 'permutations',
        onkeydown: (/** @type {KeyboardEvent} */ e) => {
          if (e.key === 'Escape') close();
        },
      },
      h(
        'p',
        {},
        h('b', {
          'data-testid': 'permutation-count',
          text: t('many.count', { n: prompts.length, pictures: prompts.length * each }),
        }),
      ),
      h('ol.prompts', {}, prompts.map((text) => h('li', { 'data-testid': 'permutation', text }))),
      Object.entries(found.readings ?? {}).map(([word, drawn]) =>
        h('p.small', { text: t('many.reading', { word, drawn }) })
      ),
      Object.entries(found.unknown ?? {}).map(([word, near]) =>
        h('p.small', { text: t('many.unknown', { word, near }) })
      ),
      h(
        'div.row.end',
        {},
        h('button', { type: 'button', 'data-testid': 'cancel', text: t('cancel'), onclick: close }),
        go,
      ),
    ),
  );
  go.focus();
}
