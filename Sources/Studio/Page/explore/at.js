// Where the explorer is: kept in this browser and in the address; as numbers for the studio and as a command line.

import { inside, to } from '../core/base.js';
import { kept, settled } from '../core/dom.js';
import { chance, MOST_STYLE, seedOf } from '../core/chance.js';
import { model, store, tell } from '../core/store.js';

/** @typedef {{model: string, prompt: string, seed: string, index: number, x: number, y: number, psi: number, noise: string, layers: Record<number, string>}} At */
/** @type {At} */
const BEGIN = { model: '', prompt: '', seed: '', index: 0, x: 0, y: 0, psi: 1, noise: '', layers: {} };
/** @type {At} */
export let at = { ...BEGIN };

const within = (
  /** @type {any} */ value,
  /** @type {number} */ least,
  /** @type {number} */ most,
  /** @type {number} */ otherwise,
) => {
  const number = Number.parseFloat(value);
  return Number.isFinite(number) ? Math.round(Math.max(least, Math.min(most, number)) * 1000) / 1000 : otherwise;
};

/** Takes what is within bounds and leaves out the rest. @param {any} said @returns {At} */
function sound(said) {
  return {
    model: String(said.model ?? ''),
    prompt: String(said.prompt ?? ''),
    seed: seedOf(String(said.seed ?? '')) || chance(),
    index: Math.trunc(within(said.index, 0, 1e9, 0)),
    x: within(said.x, -1, 1, 0),
    y: within(said.y, -1, 1, 0),
    psi: within(said.psi, 0, 1, 1),
    noise: seedOf(String(said.noise ?? ''), MOST_STYLE),
    layers: Object.fromEntries(
      Object.entries(said.layers ?? {})
        .map(([layer, seed]) => [layer, seedOf(String(seed), MOST_STYLE)])
        .filter(([layer, seed]) => /^\d+$/.test(layer) && seed),
    ),
  };
}

/** Reads the address; where it says nothing, what was kept. */
export function read() {
  const query = new URLSearchParams(location.search);
  if (![...query.keys()].length) at = sound({ ...BEGIN, ...kept.get('explore', {}) });
  else {
    const pairs = (query.get('layers') ?? '').split(',').filter(Boolean).map((pair) => pair.split(':'));
    at = sound({ ...Object.fromEntries(query), layers: Object.fromEntries(pairs) });
  }
  remember();
}

/** The address that leads here. */
export function address() {
  const { layers, ...own } = at;
  const parts = Object.entries({ ...own, model: explored()?.id ?? at.model }).filter(([name, value]) =>
    String(value) !== String(BEGIN[/** @type {keyof At} */ (name)])
  ).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const mix = Object.entries(layers).map(([layer, seed]) => `${layer}:${seed}`).join(',');
  return '/explore?' + [...parts, mix ? `layers=${mix}` : ''].filter(Boolean).join('&');
}

/** Writes down where the explorer is. */
export function remember() {
  kept.set('explore', at);
  if (inside() === '/explore') history.replaceState(history.state, '', to(address()));
}
const soon = settled(remember, 300);

/** Goes elsewhere. @param {Partial<At>} changes */
export function move(changes) {
  at = sound({ ...at, ...changes });
  soon();
  tell('explore', changes);
}

/** The model that is explored: the one that is named, or the one that draws. */
export const explored = () => store.models.find((m) => m.id === at.model || m.name === at.model) ?? model(store.chosen);

/** The models that can be explored. */
export const explorable = () => store.models.filter((m) => m.explores);

/** Only what the model has layers for. */
const mix = () => Object.entries(at.layers).filter(([layer]) => Number(layer) < (explored()?.styles ?? 0));

/** What the model takes of the prompt. */
export function words() {
  const m = explored();
  return m?.takesText || m?.classNames?.length ? at.prompt.trim() : '';
}

/** The place as numbers. */
export function numbers() {
  const noise = at.noise !== '' && (explored()?.styles ?? 0) > 0 ? { noise: Number(at.noise) } : {};
  return {
    x: at.x,
    y: at.y,
    psi: at.psi,
    ...noise,
    ...Object.fromEntries(mix().map(([layer, seed]) => [`layer-${layer}`, Number(seed)])),
  };
}

const escaped = (/** @type {string} */ text) => text.replace(/[\\"$`]/g, '\\$&');
const quoted = (/** @type {string} */ text) => (/^[\w./@:+-]+$/.test(text) ? text : `"${escaped(text)}"`);
/** Neighbouring layers of one seed, named together: 0-3=77. */
function spans() {
  /** @type {[number, number, string][]} */
  const all = [];
  for (const [layer, seed] of mix()) {
    const last = all.at(-1);
    if (last && last[2] === seed && last[1] + 1 === Number(layer)) last[1] += 1;
    else all.push([Number(layer), Number(layer), seed]);
  }
  return all.map(([from, to, seed]) => `--layer ${from === to ? from : `${from}-${to}`}=${seed}`);
}

/** The command that draws the same. */
export function command() {
  const text = words();
  const all = numbers();
  return [
    'atelier explore',
    `--model ${quoted(explored()?.name ?? '')}`,
    `--seed ${at.seed}`,
    `--index ${at.index}`,
    `--x ${at.x}`,
    `--y ${at.y}`,
    `--psi ${at.psi}`,
    'noise' in all ? `--noise ${all.noise}` : '',
    ...spans(),
    text ? `--prompt "${escaped(text)}"` : '',
  ].filter(Boolean).join(' ');
}
