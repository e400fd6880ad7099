// Places and their addresses: /create, /explore, /grid, /library, /train, /models, /edit/ID, /compare/A/B.

import { inside, to } from './base.js';
import { setPlace } from './keys.js';
import { t } from './words.js';

/** @type {Map<string, {show: (...parts: string[]) => any, hide?: () => any}>} */
const places = new Map();
let now = '';

/** Adds a place. @param {string} name @param {{show: (...parts: string[]) => any, hide?: () => any}} view */
export const addPlace = (name, view) => places.set(name, view);

/** Goes to an address. @param {string} path @param {boolean} [instead] without a new step in the history */
export function go(path, instead = false) {
  if (path !== inside() + location.search) history[instead ? 'replaceState' : 'pushState']({}, '', to(path));
  arrive();
}

/** Where the page is. */
export const here = () => now;

/** Shows the place of the address. */
export function arrive() {
  const [name, ...parts] = inside().split('/').filter(Boolean);
  const wanted = places.has(name) ? name : 'create';
  if (now && now !== wanted) places.get(now)?.hide?.();
  for (const section of document.querySelectorAll('main > section')) {
    /** @type {any} */ (section).hidden = /** @type {any} */ (section).dataset.place !== wanted;
  }
  for (const link of document.querySelectorAll('nav a[data-place]')) {
    if (/** @type {any} */ (link).dataset.place === wanted) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const changed = now !== wanted;
  now = wanted;
  setPlace(wanted);
  document.body.dataset.at = wanted;
  document.title = wanted === 'create' ? 'Atelier' : `${t('place.' + wanted)} – Atelier`;
  if (changed) scrollTo(0, 0);
  places.get(wanted)?.show(...parts.map(decodeURIComponent));
}

// The page's links hold wherever it goes.
for (const link of document.querySelectorAll('a[data-go]')) {
  /** @type {any} */ (link).href = to(/** @type {any} */ (link).dataset.go);
}
window.addEventListener('popstate', arrive);
document.addEventListener('click', (event) => {
  const link = /** @type {any} */ (event.target).closest?.('a[data-go]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.dataset.go);
});
