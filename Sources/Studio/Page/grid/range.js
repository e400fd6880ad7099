// Values of an axis as they are typed: 0, 4-6 · 1-10 (+2) · 1-10 [5] · red | green | blue.

/** The most values that an axis can have. */
export const MOST = 100;

const NUMBER = '[-+]?\\d+(?:\\.\\d+)?';
const RANGE = new RegExp(
  `^(${NUMBER})\\s*-\\s*(${NUMBER})(?:\\s*\\(\\s*(${NUMBER})\\s*\\)|\\s*\\[\\s*(\\d+)\\s*\\])?$`,
);
const ONE = new RegExp(`^${NUMBER}$`);

const plain = (/** @type {number} */ value, /** @type {boolean} */ whole) =>
  String(whole ? Math.round(value) : Number(value.toFixed(6)));

/** The values of a range. @param {RegExpMatchArray} found @param {boolean} whole @returns {string[]|null} */
function range([, from, to, step, count], whole) {
  const a = Number(from), b = Number(to);
  if (count !== undefined) {
    const n = Number(count);
    if (n < 1 || n > MOST) return null;
    return Array.from({ length: n }, (_, i) => plain(n === 1 ? a : a + ((b - a) * i) / (n - 1), whole));
  }
  const by = Math.abs(step === undefined ? 1 : Number(step));
  const steps = Math.floor(Math.abs(b - a) / by + 1e-9);
  if (!(by > 0) || steps >= MOST) return null;
  return Array.from({ length: steps + 1 }, (_, i) => plain(a + Math.sign(b - a) * i * by, whole));
}

/** @typedef {{least: number, most: number, whole: boolean}} Bounds what a number may be */

/**
 * Numbers, each once, in the order typed.
 * @param {string} text @param {Bounds} bounds
 * @returns {{values: string[], wrong: string|null}} `wrong`: the part that is none
 */
export function numbersOf(text, { least, most, whole }) {
  /** @type {string[]} */
  const values = [];
  for (const part of text.split(/[,;，；]/).map((p) => p.trim()).filter(Boolean)) {
    const match = part.match(RANGE);
    const found = match
      ? range(match, whole)
      : ONE.test(part) && !(whole && part.includes('.'))
      ? [part.replace(/^\+/, '')]
      : null;
    if (!found || found.some((value) => Number(value) < least || Number(value) > most)) {
      return { values: [], wrong: part };
    }
    values.push(...found);
  }
  return { values: [...new Set(values)].slice(0, MOST), wrong: null };
}

/** Alternatives of words: the first is looked for in the prompt, and each takes its place. @param {string} text */
export const wordsOf = (text) =>
  [...new Set(text.split(/[|｜]/).map((word) => word.trim()).filter(Boolean))].slice(0, MOST);
