// The grid's form: the prompt, and up to three things that vary.

import { fill, h } from '../core/dom.js';
import { t } from '../core/words.js';
import { model, store, wordless } from '../core/store.js';
import { dice, seedField } from '../core/chance.js';
import { AXES, EXAMPLES, line, NAMES, why } from './axes.js';

/** @typedef {{prompt: string, seed: string, model: string, axes: import('./axes.js').Axis[]}} Wanted */

/**
 * @param {Wanted} wanted it is changed in place @param {() => void} changed @param {() => void} draw
 */
export function form(wanted, changed, draw) {
  const m = model(wanted.model);
  const prompt = h('textarea', {
    rows: 2,
    id: 'grid-prompt',
    maxlength: 32000,
    spellcheck: 'false',
    value: wanted.prompt,
    placeholder: t('bar.hint'),
    'data-testid': 'grid-prompt',
    oninput: () => {
      wanted.prompt = prompt.value;
      told();
    },
  });
  const about = h('p.small', { 'data-testid': 'grid-about' });
  const choose = h(
    'select',
    {
      id: 'grid-model',
      'data-testid': 'grid-model',
      onchange: () => {
        wanted.model = choose.value;
        changed();
      },
    },
    store.models.map((one) =>
      h('option', { value: one.id, selected: one.id === m?.id, text: `${one.name} · ${one.width}×${one.height}` })
    ),
  );
  const seed = seedField({ id: 'grid-seed', value: wanted.seed, placeholder: t('set.seed.any') }, (value) => {
    wanted.seed = value;
    told();
    return value;
  });
  const count = h('p.grow', { 'data-testid': 'grid-count', role: 'status' });
  const go = h('button.primary', { type: 'submit', 'data-testid': 'grid-draw', text: t('grid.draw') });
  const rows = AXES.map((letter, i) => axis(letter, i));

  /** @param {string} letter @param {number} i */
  function axis(letter, i) {
    const one = wanted.axes[i];
    const used = wanted.axes.map((a) => a.name).filter((name, k) => name && k !== i);
    const select = h(
      'select',
      {
        id: `axis-${letter}`,
        'data-testid': `axis-${letter}`,
        onchange: () => {
          Object.assign(one, { name: select.value, text: EXAMPLES[select.value] ?? '' });
          changed();
        },
      },
      h('option', { value: '', text: t('grid.nothing') }),
      NAMES.map((name) => {
        const reason = why(name, m?.id ?? '');
        return h('option', {
          value: name,
          selected: one.name === name,
          disabled: (reason !== null || used.includes(name)) && one.name !== name,
          title: reason,
          text: t('grid.' + name),
        });
      }),
    );
    const found = h('p.small.found', { id: `found-${letter}`, 'data-testid': `found-${letter}` });
    const values = one.name === 'model' ? models(one, letter) : h('input', {
      type: 'text',
      id: `values-${letter}`,
      value: one.text,
      hidden: !one.name,
      disabled: !one.name,
      'aria-label': `${t('grid.axis.' + letter)}: ${t('grid.values')}`,
      'aria-describedby': found.id,
      spellcheck: 'false',
      autocomplete: 'off',
      'data-testid': `values-${letter}`,
      oninput: (/** @type {any} */ e) => {
        one.text = e.target.value;
        told();
      },
    });
    return {
      found,
      values,
      el: h(
        'div.field',
        {},
        h('label.label', { for: select.id, text: t('grid.axis.' + letter) }),
        select,
        values,
        found,
      ),
    };
  }

  /** The models to choose among. @param {import('./axes.js').Axis} one @param {string} letter */
  function models(one, letter) {
    return h(
      'div.toggles',
      { role: 'group', 'aria-label': `${t('grid.axis.' + letter)}: ${t('grid.model')}` },
      store.models.map((each) =>
        h(
          'label.toggle',
          {},
          h('input', {
            type: 'checkbox',
            checked: one.text.split(',').includes(each.id),
            'data-testid': `axis-model-${each.id}`,
            onchange: (/** @type {any} */ e) => {
              const chosen = new Set(one.text.split(',').filter(Boolean));
              if (e.target.checked) chosen.add(each.id);
              else chosen.delete(each.id);
              one.text = [...chosen].join(',');
              told();
            },
          }),
          each.name,
        )
      ),
    );
  }

  /** Says what would be drawn. */
  function told() {
    const lines = wanted.axes.map((a) => line(a, wanted.prompt));
    lines.forEach((l, i) => {
      const { found, values } = rows[i];
      const reason = l.name ? why(l.name, m?.id ?? '') : null;
      const bad = reason ??
        (l.wrong === null ? null : t(l.name === 'words' ? 'grid.missing' : 'grid.wrong', { part: l.wrong }));
      values.setAttribute?.('aria-invalid', String(bad !== null && l.name !== 'model'));
      found.classList.toggle('wrong', bad !== null);
      found.textContent = !l.name
        ? ''
        : bad ?? (l.name === 'model' || !l.values.length
          ? t('grid.many', { n: l.values.length })
          : `${t('grid.many', { n: l.values.length })}: ${
            l.values.map((v) => v.label).join(l.name === 'words' ? ' | ' : ', ')
          }`);
    });
    const bad = lines.some((l) =>
      l.wrong !== null || !l.values.length || (l.name && why(l.name, m?.id ?? '') !== null)
    );
    const sizes = lines.filter((l) => l.name).map((l) => l.values.length);
    const total = lines.reduce((all, l) => all * l.values.length, 1);
    fill(
      count,
      h('b', {
        text: bad
          ? t('grid.unclear')
          : `${sizes.length > 1 ? `${sizes.join(' × ')} = ` : ''}${t('pictures', { n: total })}`,
      }),
    );
    count.dataset.count = bad ? '' : String(total);
    const silent = wordless(m);
    about.textContent = silent ? t('grid.wordless', { name: m?.name }) : '';
    go.disabled = bad || !sizes.length || (!silent && !wanted.prompt.trim());
    keep();
  }
  const keep = () => el.dispatchEvent(new CustomEvent('kept'));

  const el = h(
    'form.panel.grid-form',
    {
      'data-testid': 'grid-form',
      'aria-label': t('grid.form'),
      onsubmit: (/** @type {Event} */ e) => {
        e.preventDefault();
        if (!go.disabled) draw();
      },
      onkeydown: (/** @type {KeyboardEvent} */ e) => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
          e.preventDefault();
          if (!go.disabled) draw();
        }
      },
    },
    h('div.field.wide', {}, h('label.label', { for: 'grid-prompt', text: t('bar.prompt') }), prompt, about),
    h('div.field', {}, h('label.label', { for: 'grid-model', text: t('set.model') }), choose),
    h(
      'div.field',
      {},
      h('label.label', { for: 'grid-seed', text: t('set.seed') }),
      h(
        'div.row',
        {},
        seed,
        dice(t('dice'), (value) => {
          wanted.seed = value;
          seed.value = value;
          told();
        }, 'grid-dice'),
      ),
    ),
    rows.map((row) => row.el),
    h('p.small.wide', { text: t('grid.hint') }),
    h('div.row.wrap.wide', {}, count, go),
  );
  told();
  return el;
}
