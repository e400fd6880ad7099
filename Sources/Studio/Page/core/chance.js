// Seeds: whole numbers that people type, and new ones by chance.

import { h } from './dom.js';
import { icon } from './icons.js';

/** The largest seed of a picture, and of a style. */
export const MOST = 18446744073709551615n;
export const MOST_STYLE = 4294967295n;

/** A new seed. */
export const chance = () => String(crypto.getRandomValues(new Uint32Array(1))[0]);

/** A seed as it counts: digits alone, no more than there are; nothing where there are none. @param {string} text @param {bigint} [most] */
export function seedOf(text, most = MOST) {
  const digits = text.replace(/\D/g, '').slice(0, 24);
  if (!digits) return '';
  const value = BigInt(digits);
  return String(value > most ? most : value);
}

/**
 * A field for a seed. `put` takes what was typed and gives what the field then shows.
 * @param {Record<string, any>} props its id, which is its test id, too @param {(seed: string) => string} put @param {bigint} [most]
 */
export function seedField(props, put, most = MOST) {
  const input = h('input', {
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'off',
    'data-testid': props.id,
    ...props,
    onchange: () => {
      input.value = put(seedOf(input.value, most));
    },
  });
  return input;
}

/** A button that throws dice. @param {string} label @param {(seed: string) => void} thrown @param {string} [testid] */
export const dice = (label, thrown, testid) =>
  h('button.quiet.square', {
    type: 'button',
    'aria-label': label,
    title: label,
    'data-testid': testid,
    onclick: () => thrown(chance()),
  }, icon('dice'));
