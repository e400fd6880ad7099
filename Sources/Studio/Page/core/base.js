// Where the studio lies: at the root of its address, or below a path that a proxy shows it at.

/** What stands before every path of the studio; nothing at the root. */
export const base = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

/** The address of a path of the studio. @param {string} path */
export const to = (path) => base + path;

/** Where the page is, as a path of the studio. */
export const inside = () => location.pathname.slice(base.length) || '/';

/** An address that the studio gave, also where it knows of no path before it. @param {any} given */
const whole = (given) =>
  typeof given === 'string' && given.startsWith('/') && !given.startsWith(base + '/') ? base + given : given;

/** Reads JSON of the studio; addresses in it are whole. @param {string} text */
export const parse = (text) =>
  base === '' ? JSON.parse(text) : JSON.parse(text, (key, value) => {
    if (key === 'url' || key === 'share_url') return whole(value);
    if (key === 'preview' && value) {
      return Object.fromEntries(Object.entries(value).map(([name, address]) => [name, whole(address)]));
    }
    return value;
  });
