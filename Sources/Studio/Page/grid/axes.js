// What an axis can vary, and what each value does to a request.

import { model, parametersAlone, refusal, store, wordless } from '../core/store.js';
import { codesOf } from '../create/styles.js';
import { numbersOf, wordsOf } from './range.js';

/** @typedef {{name: string, text: string}} Axis */
/** @typedef {{name: string, values: {value: string, label: string}[], wrong: string|null}} Line */

export const AXES = ['x', 'y', 'z'];
/** @type {Record<string, import('./range.js').Bounds>} */
const NUMBERS = {
  seed: { least: 0, most: 2 ** 64, whole: true },
  stylize: { least: 0, most: 1000, whole: true },
  weird: { least: 0, most: 3000, whole: true },
  chaos: { least: 0, most: 100, whole: true },
  quality: { least: 0.25, most: 16, whole: false },
  stop: { least: 10, most: 100, whole: true },
  sref: { least: 0, most: 4294967295, whole: true },
  sw: { least: 0, most: 1000, whole: true },
};
/** What an axis can vary. */
export const NAMES = ['seed', 'words', ...Object.keys(NUMBERS).slice(1), 'model'];
/** What is typed where nothing was. @type {Record<string, string>} */
export const EXAMPLES = {
  seed: '1-4',
  words: 'red | green | blue',
  stylize: '0-1000 [5]',
  weird: '0-3000 [4]',
  chaos: '0, 50, 100',
  quality: '1, 2, 4',
  stop: '25-100 [4]',
  sref: '1-4',
  sw: '0, 100, 1000',
  model: '',
};

/** Why the model does not follow it, or null. @param {string} name @param {string} id */
export const why = (name, id) => (['seed', 'words', 'model'].includes(name) ? null : refusal(name, id));

/** Codes of styles: ranges, or mixtures as they are. @param {string} text */
function codes(text) {
  /** @type {string[]} */
  const values = [];
  for (const part of text.split(/[,;，；]/).map((p) => p.trim()).filter(Boolean)) {
    const { values: some, wrong } = numbersOf(part, NUMBERS.sref);
    const mixed = wrong ? codesOf(part) : null;
    if (wrong && !mixed) return { values: [], wrong: part };
    values.push(...(mixed ? [mixed] : some));
  }
  return { values: [...new Set(values)], wrong: null };
}

/** The values of an axis; one that varies nothing has one that says nothing. @param {Axis} axis @param {string} prompt @returns {Line} */
export function line({ name, text }, prompt) {
  if (!name) return { name, values: [{ value: '', label: '' }], wrong: null };
  if (name === 'model') {
    const ids = text.split(',').filter((id) => store.models.some((m) => m.id === id));
    return { name, values: ids.map((id) => ({ value: id, label: model(id)?.name ?? id })), wrong: null };
  }
  if (name === 'words') {
    const words = wordsOf(text);
    const missing = words.length && !prompt.includes(words[0]) ? words[0] : null;
    return { name, values: words.map((value) => ({ value, label: value })), wrong: missing };
  }
  const { values, wrong } = name === 'sref' ? codes(text) : numbersOf(text, NUMBERS[name]);
  return { name, values: values.map((value) => ({ value, label: value })), wrong };
}

/** A prompt without a parameter. @param {string} prompt @param {string} name */
function without(prompt, name) {
  const known = store.parameters.find((p) => p.name === name);
  const names = [name, ...(known?.aliases ?? [])].join('|');
  return prompt.replace(new RegExp(`\\s*(?:--|—|–)(?:${names})(?=\\s|$)(?:(?!\\s(?:--|—|–)[a-z]).)*`, 'gi'), '').trim();
}

/**
 * The request for a cell.
 * @param {{prompt: string, seed: string, model: string, lines: Line[]}} table @param {number[]} cell places along the lines
 */
export function requestOf(table, cell) {
  let { prompt, seed, model: id } = table;
  const words = table.lines.findIndex((l) => l.name === 'words');
  if (words >= 0) {
    prompt = prompt.replaceAll(table.lines[words].values[0].value, () => table.lines[words].values[cell[words]].value);
  }
  table.lines.forEach(({ name, values }, i) => {
    const { value } = values[cell[i]];
    if (name === 'seed') seed = value;
    else if (name === 'model') id = value;
    else if (name && name !== 'words') prompt = `${without(prompt, name)} --${name} ${value}`;
  });
  if (wordless(model(id))) prompt = parametersAlone(prompt);
  return {
    kind: 'imagine',
    prompt,
    seed,
    first: 0,
    count: 1,
    model: id,
    pictures: [],
    mask: null,
    numbers: {},
    size: null,
    folder: null,
    priority: 1,
    draft: false,
  };
}

/** All cells, page after page, row after row. @param {Line[]} lines @returns {number[][]} */
export function cellsOf(lines) {
  const [x, y, z] = lines.map((l) => l.values.length);
  return Array.from({ length: x * y * z }, (_, i) => [i % x, Math.floor(i / x) % y, Math.floor(i / (x * y))]);
}
