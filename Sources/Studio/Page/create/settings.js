// Settings beside the prompt. What differs from the usual is appended to the prompt as flags, so the prompt says it all.

import { byId, fill, h, kept } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { t } from '../core/words.js';
import { model, on, refusal, store, tell } from '../core/store.js';
import { go } from '../core/router.js';
import { layout, pageField } from './advert.js';
import { codesOf, styleField, styleFlags } from './styles.js';
import { updateChips, updateField, updateFlags } from './updates.js';

/** No page: pictures stay as they are. */
export const NO_PAGE = { size: '', text: '', place: 'bottom', background: '#ffffff', bleed: 0 };
const USUAL = {
  count: 4,
  seed: '',
  model: '',
  size: '',
  aspect: '',
  stylize: 100,
  weird: 0,
  chaos: 0,
  raw: false,
  tile: false,
  panorama: false,
  sref: '',
  sw: 100,
  /** Updates of weights by name, with how much of them. @type {Record<string, number>} */
  lora: {},
  /** The page that pictures are laid out on. */
  page: NO_PAGE,
  priority: 1,
  draft: false,
};
/** @typedef {typeof USUAL} Settings */
/** @type {Settings} */
export let settings = { ...USUAL, ...kept.get('settings', {}) };
/** The parameters with a slider: the most, the step, the flag. @type {[keyof Settings, number, number, string][]} */
const SLIDERS = [['stylize', 1000, 5, 's'], ['weird', 3000, 10, 'w'], ['chaos', 100, 1, 'c']];
const SHAPES = ['', '3:4', '4:3', '1:2', '2:1'];

/** Changes settings and remembers them. @param {Partial<Settings>} changes @param {boolean} [typed] in a field that shows it already: the panel stays, and so does what one is about to press */
export function set(changes, typed = false) {
  settings = { ...settings, ...changes };
  store.chosen = settings.model;
  kept.set('settings', settings);
  tell('settings', typed);
}

/** As at the beginning. */
export const reset = () => set(USUAL);

/** The flags for what differs from the usual, leaving out what the prompt says itself. @param {string} prompt */
export function flags(prompt) {
  const said = new Set(
    [
      ...prompt.normalize('NFKC').matchAll(
        /(?:^|\s|[^\x00-\x7f]|[,.;!?])(?:[-‐‑−]{2,}|[-‐‑−]*[‒–—―─━ー⸺⸻][-‐‑−‒–—―─━ー⸺⸻]*)([a-z]+)/gi,
      ),
    ].map((m) => m[1].toLowerCase()),
  );
  const own = (/** @type {string[]} */ ...names) => names.some((n) => said.has(n)) || refusal(names[0]) !== null;
  const out = [];
  if (settings.aspect && !own('aspect', 'ar')) out.push(`--ar ${settings.aspect}`);
  if (settings.stylize !== USUAL.stylize && !own('stylize', 's')) out.push(`--s ${settings.stylize}`);
  if (settings.weird && !own('weird', 'w')) out.push(`--w ${settings.weird}`);
  if (settings.chaos && !own('chaos', 'c', 'variety')) out.push(`--c ${settings.chaos}`);
  if (settings.raw && !own('raw', 'style')) out.push('--raw');
  if (settings.tile && !own('tile')) out.push('--tile');
  if (settings.panorama && !own('panorama')) out.push('--panorama');
  return [...out, ...styleFlags(own), ...updateFlags(own)].join(' ');
}

/** What else goes with a request. */
export function request() {
  return {
    count: settings.draft ? 24 : settings.count,
    seed: settings.seed === '' ? null : settings.seed,
    model: settings.model || (model()?.id ?? ''),
    size: layout() || settings.size === '' ? null : Number(settings.size),
    layout: layout(),
    priority: settings.priority,
    draft: settings.draft,
  };
}

/** Takes over parameters read from a picture. @param {Record<string, any>} found */
export function adopt(found) {
  /** @type {any} */
  const changes = {};
  const lower = Object.fromEntries(Object.entries(found).map(([k, v]) => [k.toLowerCase(), v]));
  for (const [name, key] of [['stylize', 'stylize'], ['weird', 'weird'], ['chaos', 'chaos']]) {
    if (name in lower && Number.isFinite(Number(lower[name]))) changes[key] = Number(lower[name]);
  }
  const codes = 'sref' in lower ? codesOf(String(lower.sref)) : null;
  if (codes) Object.assign(changes, { sref: codes, sw: Number(lower.sw ?? USUAL.sw) || 0 });
  if ('seed' in lower && /^\d+$/.test(String(lower.seed))) changes.seed = String(lower.seed);
  const named = lower.model && store.models.find((m) => [m.id, m.name].includes(String(lower.model)));
  if (named) changes.model = named.id;
  set(changes);
}

/** @param {keyof Settings} name @param {any[][]} options value, text, reason */
function choice(name, options) {
  return h(
    'div.field',
    { role: 'group', 'aria-label': t('set.' + name) },
    h('span.label', { text: t('set.' + name) }),
    h(
      'div.choice',
      {},
      options.map(([value, text, why]) =>
        h('button', {
          type: 'button',
          'aria-pressed': String(settings[name] === value),
          disabled: !!why,
          title: why || null,
          'data-testid': `set-${name}-${value}`,
          onclick: () => set({ [name]: value }),
          text,
        })
      ),
    ),
  );
}

/** @param {typeof SLIDERS[number]} entry */
function slider([name, most, step, flag]) {
  const why = refusal(name);
  const out = h('output', { text: settings[name] });
  const input = h('input', {
    type: 'range',
    min: 0,
    max: most,
    step,
    value: settings[name],
    disabled: why !== null,
    id: `set-${name}`,
    'data-testid': `set-${name}`,
    oninput: () => {
      out.textContent = input.value;
    },
    onchange: () => set({ [name]: Number(input.value) }),
  });
  return h(
    'div.field',
    { title: why ?? t('set.' + name + '.text') },
    h('label.label', { for: `set-${name}` }, t('set.' + name), h('code', { text: `--${flag}` }), out),
    input,
    why ? h('span.small.why', { text: why }) : null,
  );
}

/** @param {keyof Settings} name @param {string} text @param {string|null} why */
function toggle(name, text, why) {
  return h(
    'label.toggle',
    { title: why ?? t('set.' + name + '.text') },
    h('input', {
      type: 'checkbox',
      checked: settings[name],
      disabled: why !== null,
      'data-testid': `set-${name}`,
      onchange: (/** @type {any} */ e) => set({ [name]: e.target.checked }),
    }),
    h('span', { text }),
  );
}

function draw() {
  const panel = byId('settings');
  const focused = /** @type {any} */ (document.activeElement)?.dataset?.testid;
  const current = model(settings.model);
  const own = current?.width ?? 0;
  const usual = current?.usualSide ?? 0;
  const sizes = current ? [...new Set([own, 2 * own, 4 * own, usual])].sort((a, b) => a - b) : [];
  const seed = h('input', {
    type: 'text',
    inputmode: 'numeric',
    pattern: '[0-9]*',
    value: settings.seed,
    placeholder: t('set.seed.any'),
    id: 'set-seed',
    'data-testid': 'set-seed',
    onchange: () => {
      seed.value = seed.value.normalize('NFKC').replace(/\D/g, '');
      set({ seed: seed.value }, true);
    },
  });
  fill(
    panel,
    h(
      'div.fields',
      {},
      choice('count', [1, 2, 4, 8].map((n) => [n, String(n), settings.draft ? t('set.draft.text') : null])),
      choice('aspect', SHAPES.map((shape) => [shape, shape || '1:1', shape ? refusal('aspect') : null])),
      h(
        'div.field',
        {},
        h('label.label', { for: 'set-model', text: t('set.model') }),
        h(
          'select',
          {
            id: 'set-model',
            'data-testid': 'set-model',
            onchange: (/** @type {any} */ e) => set({ model: e.target.value, size: '' }),
          },
          store.models.map((m) =>
            h('option', {
              value: m.id,
              selected: m.id === (current?.id ?? ''),
              text: `${m.name} · ${m.width}×${m.height}`,
            })
          ),
        ),
      ),
      h(
        'div.field',
        {},
        h('label.label', { for: 'set-size', text: t('set.size') }),
        h(
          'select',
          {
            id: 'set-size',
            'data-testid': 'set-size',
            // A page says how large its picture is.
            disabled: layout() !== null,
            onchange: (/** @type {any} */ e) => set({ size: e.target.value }),
          },
          sizes.map((size) => {
            const value = size === usual ? '' : String(size);
            return h('option', {
              value,
              selected: settings.size === value,
              text: t(size === own ? 'set.size.own' : 'set.size.times', {
                n: size,
                times: Math.round((10 * size) / own) / 10,
              }),
            });
          }),
        ),
      ),
      SLIDERS.map(slider),
      h('div.field', {}, h('label.label', { for: 'set-seed', text: t('set.seed') }), seed),
      choice('priority', [0, 1, 2].map((p) => [p, t('priority.' + p)])),
      styleField(refusal('sref')),
      slider(['sw', 1000, 5, 'sw']),
      updateField(refusal('lora')),
      pageField(),
    ),
    h(
      'div.toggles',
      {},
      toggle('raw', t('set.raw'), refusal('raw')),
      toggle('tile', t('set.tile'), refusal('tile')),
      toggle('panorama', t('set.panorama'), refusal('panorama')),
      toggle('draft', t('set.draft'), refusal('draft')),
      h('span.grow'),
      h(
        'button.quiet.small',
        {
          type: 'button',
          'data-testid': 'set-grid',
          onclick: () => {
            toggleSettings(false);
            go('/grid?from=bar');
          },
        },
        icon('grid', 14),
        t('set.grid'),
      ),
      h('button.quiet.small', { type: 'button', onclick: reset, 'data-testid': 'set-reset', text: t('set.reset') }),
    ),
  );
  if (focused) /** @type {any} */ (panel.querySelector(`[data-testid="${focused}"]`))?.focus();
}

function chips() {
  const place = byId('chips');
  const list = [];
  const chip = (/** @type {string} */ text, /** @type {any} */ back) =>
    h(
      'button.chip',
      {
        type: 'button',
        title: t('set.back'),
        'aria-label': `${text}: ${t('set.back')}`,
        onclick: () => set(back),
      },
      text,
      icon('close', 12),
    );
  if (settings.draft) list.push(chip(t('set.draft'), { draft: false }));
  else if (settings.count !== USUAL.count) {
    list.push(chip(t('pictures', { n: settings.count }), { count: USUAL.count }));
  }
  if (settings.model && !model(settings.model)?.isDefault && model(settings.model)) {
    list.push(chip(model(settings.model)?.name ?? '', { model: '' }));
  }
  if (layout()) list.push(chip(settings.page.size.replace('x', ' × '), { page: NO_PAGE }));
  else if (settings.size) list.push(chip(`${settings.size} px`, { size: '' }));
  if (settings.aspect) list.push(chip(`--ar ${settings.aspect}`, { aspect: '' }));
  for (const [name, , , flag] of SLIDERS) {
    if (settings[name] !== USUAL[name] && refusal(name) === null) {
      list.push(chip(`--${flag} ${settings[name]}`, { [name]: USUAL[name] }));
    }
  }
  if (settings.raw) list.push(chip('--raw', { raw: false }));
  if (settings.tile) list.push(chip('--tile', { tile: false }));
  if (settings.panorama) list.push(chip('--panorama', { panorama: false }));
  if (settings.sref && refusal('sref') === null) list.push(chip(`--sref ${settings.sref}`, { sref: '' }));
  if (settings.sref && settings.sw !== USUAL.sw && refusal('sw') === null) {
    list.push(chip(`--sw ${settings.sw}`, { sw: USUAL.sw }));
  }
  if (refusal('lora') === null) list.push(...updateChips().map(([text, back]) => chip(text, back)));
  if (settings.seed !== '') list.push(chip(`${t('set.seed')} ${settings.seed}`, { seed: '' }));
  if (settings.priority !== 1) list.push(chip(t('priority.' + settings.priority), { priority: 1 }));
  fill(place, list);
}

/** Opens or closes the settings. @param {boolean} [wanted] */
export function toggleSettings(wanted) {
  const panel = byId('settings');
  panel.hidden = wanted === undefined ? !panel.hidden : !wanted;
  byId('settings-button').setAttribute('aria-expanded', String(!panel.hidden));
}

/** Puts the settings into their place. */
export function startSettings() {
  store.chosen = settings.model;
  const all = () => {
    draw();
    chips();
  };
  on('settings', (typed) => (typed ? chips() : all()));
  on('models', all);
  on('words', all);
  byId('settings-button').addEventListener('click', () => toggleSettings());
  byId('form').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || byId('settings').hidden) return;
    toggleSettings(false);
    byId('settings-button').focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!byId('settings').hidden && !byId('bar').contains(/** @type {any} */ (event.target))) toggleSettings(false);
  });
  all();
}
