// A dialog for a task: a field for each thing that it can be told.

import { h } from '../core/dom.js';
import { figure, t } from '../core/words.js';

/** A field's words: those of its task, else its name. @param {string} key @param {string} name */
const worded = (key, name) => (t(key) === key ? name : t(key));

/** @param {string} task @param {import('../core/store.js').TaskField} field */
function control(task, field) {
  const id = `task-${field.name}`;
  const label = worded(`task.${task}.${field.name}`, field.name);
  if (field.choices) {
    const select = h(
      'select',
      { id, 'data-testid': id },
      field.choices.map((choice) =>
        h('option', {
          value: String(choice),
          selected: choice === field.usual,
          text: worded(`task.${task}.${choice}`, String(choice)),
        })
      ),
    );
    const typed = field.choices;
    return {
      el: h('div.field', {}, h('label.label', { for: id, text: label }), select),
      value: () => typed.find((choice) => String(choice) === select.value),
    };
  }
  const words = h('output');
  const range = (field.most ?? 1) - (field.least ?? 0);
  const isSlider = range <= 100;
  const input = h('input', {
    id,
    type: isSlider ? 'range' : 'number',
    min: field.least,
    max: field.most,
    step: field.whole ? 1 : range / 100,
    value: field.usual ?? (isSlider ? field.least : ''),
    'data-testid': id,
    oninput: () => show(),
  });
  const show = () => {
    if (isSlider) words.textContent = figure(Number(input.value), field.whole ? 0 : 2);
  };
  show();
  return {
    el: h('div.field', {}, h('label.label', { for: id }, label, ' ', words), input),
    value: () => (input.value === '' ? undefined : Number(input.value)),
  };
}

/**
 * Asks what a task is to be told; at once answered where it takes nothing.
 * @param {import('../core/store.js').Task} task
 * @returns {Promise<Record<string, number|string>|null>}
 */
export function askTask(task) {
  if (!task.fields.length) return Promise.resolve({});
  return new Promise((answer) => {
    const controls = task.fields.map((field) => ({ field, ...control(task.name, field) }));
    const done = (/** @type {Record<string, any>|null} */ value) => {
      box.close();
      box.remove();
      answer(value);
    };
    const title = t(`act.${task.name}`);
    const box = h(
      'dialog.small-dialog',
      { 'aria-label': title, 'data-testid': 'task-dialog', oncancel: () => done(null) },
      h(
        'form',
        {
          method: 'dialog',
          onsubmit: (/** @type {Event} */ e) => {
            e.preventDefault();
            const told = controls.map(({ field, value }) => [field.name, value()]);
            done(Object.fromEntries(told.filter(([, value]) => value !== undefined)));
          },
        },
        h('h2', { text: title }),
        controls.map(({ el }) => el),
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
  });
}
