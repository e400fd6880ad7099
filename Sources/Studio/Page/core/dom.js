// Elements without markup: text only ever becomes text nodes, so a prompt can never run anything.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The element that a spec makes.
 * @template {string} S
 * @typedef {S extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[S]
 *   : S extends `${infer Tag}.${string}` ? (Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement)
 *   : HTMLElement} Made
 */

/**
 * Makes an element.
 * @template {string} S
 * @param {S} spec tag with classes: `button.quiet.small`
 * @param {Record<string, any>} [props] `onclick` and the like listen; `style` is an object set through CSSOM
 * @param {...any} children nodes or texts; null and false are left out
 * @returns {Made<S>}
 */
export function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split('.');
  /** @type {any} */
  const el = document.createElement(tag || 'div');
  if (classes.length) el.className = classes.join(' ');
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (name === 'text') el.textContent = value;
    else if (name === 'style') { for (const [k, v] of Object.entries(value)) el.style.setProperty(k, v); }
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'hidden') el[name] = value;
    else el.setAttribute(name, value === true ? '' : String(value));
  }
  add(el, children);
  return el;
}

/** Appends nodes and texts. @template {Element} E @param {E} el @param {any[]} children @returns {E} */
export function add(el, children) {
  for (const child of children.flat(9)) {
    if (child === null || child === undefined || child === false) continue;
    el.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return el;
}

/** Makes an SVG element. @param {string} tag @param {Record<string, any>} [props] @param {...any} children */
export function s(tag, props = {}, ...children) {
  const el = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else el.setAttribute(name, String(value));
  }
  return add(el, children);
}

/** Replaces what is inside. @template {Element} E @param {E} el @param {...any} children @returns {E} */
export function fill(el, ...children) {
  el.replaceChildren();
  return add(el, children);
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** A new key for a request that must not count twice. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/**
 * Runs a call when calls have stopped for a while.
 * @template {any[]} A
 * @param {(...values: A) => void} call @param {number} ms
 * @returns {(...values: A) => void}
 */
export function settled(call, ms) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...values), ms);
  };
}

/** Puts a value into a field, but not while a person types there. @param {any} input @param {string} value */
export function put(input, value) {
  if (input.value === value || (document.activeElement === input && /text|number|search/.test(input.type))) return;
  input.value = value;
}

/** What is kept in this browser. */
export const kept = {
  /** @param {string} name @param {any} otherwise */
  get(name, otherwise) {
    try {
      const text = localStorage.getItem('atelier.' + name);
      return text === null ? otherwise : JSON.parse(text);
    } catch {
      return otherwise;
    }
  },
  /** @param {string} name @param {any} value */
  set(name, value) {
    try {
      localStorage.setItem('atelier.' + name, JSON.stringify(value));
    } catch { /* full or forbidden: the page works without */ }
  },
};
