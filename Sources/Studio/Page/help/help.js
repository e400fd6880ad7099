// All keys, out of the one table.

import { h } from '../core/dom.js';
import { t } from '../core/words.js';
import { bind, KEYS, shown } from '../core/keys.js';
import { icon } from '../core/icons.js';

/** Shows all keys. */
export function openHelp() {
  if (document.querySelector('dialog.help[open]')) return;
  const back = /** @type {any} */ (document.activeElement);
  const scopes = [...new Set(KEYS.map((k) => k.scope))];
  const close = () => {
    box.close();
    box.remove();
    back?.focus?.();
  };
  const box = h(
    'dialog.help',
    {
      'data-testid': 'help',
      'aria-label': t('help.title'),
      oncancel: (/** @type {Event} */ e) => {
        e.preventDefault();
        close();
      },
      onclick: (/** @type {any} */ e) => {
        if (e.target === box) close();
      },
    },
    h(
      'div.row',
      {},
      h('h2.grow', { text: t('help.title') }),
      h('button.quiet.square', { 'aria-label': t('close'), onclick: close }, icon('close')),
    ),
    h(
      'div.columns',
      {},
      scopes.map((scope) =>
        h(
          'section',
          {},
          h('h3', { text: t('scope.' + scope) }),
          h(
            'dl',
            {},
            KEYS.filter((k) => k.scope === scope && !k.hidden).map((k) => [
              h(
                'dt',
                {},
                k.keys.map((one) => h('kbd', { text: shown(one), 'data-testid': 'help-key', 'data-key': one })),
              ),
              h('dd', { text: t(`key.${scope}.${k.id}`) }),
            ]),
          ),
        )
      ),
    ),
  );
  document.body.append(box);
  box.showModal();
}

bind('global', { help: openHelp });
