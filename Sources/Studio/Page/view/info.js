// What is known about a picture: prompt, figures, the record in full, and its lineage.

import { fill, h } from '../core/dom.js';
import { duration, moment, t } from '../core/words.js';
import { get, post } from '../core/api.js';
import { model } from '../core/store.js';
import { announce, errorBox, note } from '../core/notes.js';
import { act } from '../feed/actions.js';
import { readings } from '../feed/readings.js';
import { setPrompt } from '../create/bar.js';
import { lineage } from './lineage.js';

/** @param {string} id @param {(id: string) => void} open */
export async function info(id, open) {
  let p;
  try {
    p = await get(`/api/pictures/${id}`);
  } catch (error) {
    return errorBox(error);
  }
  const fact = (
    /** @type {string} */ name,
    /** @type {any} */ value,
  ) => (value === null || value === undefined || value === ''
    ? null
    : [h('dt', { text: t('info.' + name) }), h('dd', { 'data-testid': `info-${name}`, text: String(value) })]);
  const found = h('div');
  const copy = (/** @type {string} */ text) =>
    navigator.clipboard?.writeText(text).then(() => {
      note(t('copied'));
      announce(t('copied'));
    });
  return h(
    'div',
    {},
    h('h2', { text: t('info.title') }),
    h('p.prompt', { text: p.prompt, 'data-testid': 'info-prompt' }),
    readings(p),
    h(
      'div.row.wrap',
      {},
      h('button.small', { onclick: () => act('usePrompt', id), text: t('act.usePrompt') }),
      h('button.small', { onclick: () => act('useSeed', id), text: t('act.useSeed') }),
      h('button.small', { onclick: () => copy(p.prompt), text: t('copy') }),
      h('button.small', { onclick: () => describe(id, found), 'data-testid': 'describe', text: t('info.describe') }),
    ),
    found,
    h(
      'dl.facts',
      {},
      fact('seed', p.seed),
      fact('model', model(p.model)?.name ?? p.model),
      fact('size', `${p.width} × ${p.height}`),
      fact('kind', t('kind.' + p.kind)),
      fact('created', moment(p.created)),
      fact('seconds', p.seconds ? duration(p.seconds) : null),
      fact('digest', p.digest),
    ),
    p.lineage?.nodes?.length > 1 ? [h('h3', { text: t('info.lineage') }), lineage(p.lineage, id, open)] : null,
    p.parameters
      ? h(
        'details',
        {},
        h('summary', { text: t('info.parameters') }),
        h('pre', { text: p.parameters }),
        h('button.small', { onclick: () => copy(p.parameters), text: t('copy') }),
      )
      : null,
    p.record
      ? h(
        'details',
        {},
        h('summary', { text: t('info.record') }),
        h('pre', { text: JSON.stringify(p.record, null, 1) }),
      )
      : null,
  );
}

/** Asks what words would make such a picture. @param {string} id @param {any} place */
async function describe(id, place) {
  fill(place, h('p.small', { role: 'status', text: t('info.describing') }));
  try {
    const { texts } = await post('/api/describe', { picture: id });
    fill(
      place,
      h(
        'ul.described',
        {},
        texts.map((/** @type {any} */ text) =>
          h(
            'li',
            {},
            h('button.small', {
              'data-testid': 'described',
              title: t('act.usePrompt'),
              onclick: () => {
                setPrompt(text.text ?? text);
                note(t('act.usedPrompt'));
              },
              text: text.text ?? text,
            }),
          )
        ),
      ),
    );
  } catch (error) {
    fill(place, errorBox(error));
  }
}
