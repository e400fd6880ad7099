// Updates of weights that were learned (LoRA): those on this machine, each with how much of it, for drawings to come.

import { h } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { store } from '../core/store.js';
import { t } from '../core/words.js';
import { set, settings } from './settings.js';

/** Those that are chosen and still there, with their weights. @returns {[string, number][]} */
const chosen = () => Object.entries(settings.lora).filter(([name]) => store.updates.some((one) => one.name === name));

/** A name with its weight, as a prompt has it. @param {string} name @param {number} weight */
const said = (name, weight) => (weight === 1 ? name : `${name}:${weight}`);

/** The flags for them, where the prompt says none itself. @param {(...names: string[]) => boolean} own what the prompt says or the model does not follow */
export const updateFlags = (own) => own('lora') ? [] : chosen().map(([name, weight]) => `--lora ${said(name, weight)}`);

/** What is chosen, a text and the settings without it each. @returns {[string, {lora: Record<string, number>}][]} */
export const updateChips = () =>
  chosen().map(([name, weight]) => [`--lora ${said(name, weight)}`, { lora: without(name) }]);

/** @param {string} name @returns {Record<string, number>} */
function without(name) {
  const { [name]: _, ...others } = settings.lora;
  return others;
}

/** The field: what can be added, and a slider for each that is; nothing where there are none. @param {string|null} why why the model takes none */
export function updateField(why) {
  if (!store.updates.length) return null;
  const rest = store.updates.filter((one) => !(one.name in settings.lora));
  const list = h(
    'select',
    {
      id: 'set-lora',
      'data-testid': 'set-lora',
      disabled: why !== null || !rest.length,
      onchange: () => set({ lora: { ...settings.lora, [list.value]: 1 } }),
    },
    h('option', { value: '', text: t('set.lora.add') }),
    rest.map((one) => h('option', { value: one.name, text: one.name, title: one.set })),
  );
  return h(
    'div.field',
    { title: why ?? t('set.lora.text') },
    h('label.label', { for: 'set-lora' }, t('set.lora'), h('code', { text: '--lora' })),
    list,
    why ? h('span.small.why', { text: why }) : chosen().map(([name, weight]) => row(name, weight)),
  );
}

/** @param {string} name @param {number} weight */
function row(name, weight) {
  const out = h('output', { text: weight });
  const input = h('input', {
    type: 'range',
    min: -1,
    max: 2,
    step: 0.05,
    value: weight,
    'aria-label': t('set.lora.weight', { name }),
    'data-testid': `set-lora-${name}`,
    oninput: () => {
      out.textContent = input.value;
    },
    onchange: () => set({ lora: { ...settings.lora, [name]: Number(input.value) } }),
  });
  return h(
    'div.row.update-row',
    {},
    h('span.small.one-line', { text: name, title: name }),
    input,
    out,
    h('button.quiet.square', {
      type: 'button',
      'aria-label': t('set.lora.remove', { name }),
      title: t('set.lora.remove', { name }),
      'data-testid': `set-lora-${name}-remove`,
      onclick: () => set({ lora: without(name) }),
    }, icon('close', 12)),
  );
}
