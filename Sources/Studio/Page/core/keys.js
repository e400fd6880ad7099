// All keys in one table: the dispatcher obeys it, the help and the palette show it.

/** @typedef {{id: string, keys: string[], scope: string, hidden?: boolean}} Key */
/** @type {Key[]} */
export const KEYS = [
  { id: 'draw', keys: ['mod+Enter'], scope: 'bar' },
  { id: 'older', keys: ['alt+ArrowUp'], scope: 'bar' },
  { id: 'newer', keys: ['alt+ArrowDown'], scope: 'bar' },
  { id: 'speak', keys: ['alt+m'], scope: 'bar' },
  { id: 'prompt', keys: ['/'], scope: 'global' },
  { id: 'palette', keys: ['mod+k'], scope: 'global' },
  { id: 'help', keys: ['?'], scope: 'global' },
  { id: 'queue', keys: ['q'], scope: 'global' },
  { id: 'go.create', keys: ['alt+1'], scope: 'global' },
  { id: 'go.library', keys: ['alt+2'], scope: 'global' },
  { id: 'go.train', keys: ['alt+3'], scope: 'global' },
  { id: 'go.models', keys: ['alt+4'], scope: 'global' },
  { id: 'go.explore', keys: ['alt+5'], scope: 'global' },
  { id: 'go.grid', keys: ['alt+6'], scope: 'global' },
  { id: 'theme', keys: ['alt+t'], scope: 'global' },
  { id: 'smooth', keys: ['alt+p'], scope: 'global' },
  { id: 'open', keys: ['Enter'], scope: 'tile' },
  { id: 'like', keys: ['.'], scope: 'tile' },
  { id: 'subtle', keys: ['v'], scope: 'tile' },
  { id: 'strong', keys: ['shift+v'], scope: 'tile' },
  { id: 'reroll', keys: ['r'], scope: 'tile' },
  { id: 'remix', keys: ['m'], scope: 'tile' },
  { id: 'times2', keys: ['u'], scope: 'tile' },
  { id: 'times4', keys: ['shift+u'], scope: 'tile' },
  { id: 'useAll', keys: ['a'], scope: 'tile' },
  { id: 'useSeed', keys: ['s'], scope: 'tile' },
  { id: 'usePrompt', keys: ['p'], scope: 'tile' },
  { id: 'edit', keys: ['e'], scope: 'tile' },
  { id: 'download', keys: ['d'], scope: 'tile' },
  { id: 'delete', keys: ['Delete', 'Backspace'], scope: 'tile' },
  { id: 'select', keys: ['x'], scope: 'tile' },
  { id: 'around', keys: ['o'], scope: 'tile' },
  { id: 'next', keys: ['ArrowRight'], scope: 'tile' },
  { id: 'previous', keys: ['ArrowLeft'], scope: 'tile' },
  { id: 'next', keys: ['ArrowRight', 'ArrowDown'], scope: 'lightbox' },
  { id: 'previous', keys: ['ArrowLeft', 'ArrowUp'], scope: 'lightbox' },
  { id: 'close', keys: ['Escape'], scope: 'lightbox' },
  { id: 'like', keys: ['.'], scope: 'lightbox' },
  { id: 'info', keys: ['i'], scope: 'lightbox' },
  { id: 'useAll', keys: ['a'], scope: 'lightbox' },
  { id: 'useSeed', keys: ['s'], scope: 'lightbox' },
  { id: 'usePrompt', keys: ['p'], scope: 'lightbox' },
  { id: 'reroll', keys: ['r'], scope: 'lightbox' },
  { id: 'tiles', keys: ['t'], scope: 'lightbox' },
  { id: 'around', keys: ['o'], scope: 'lightbox' },
  { id: 'edit', keys: ['e'], scope: 'lightbox' },
  { id: 'download', keys: ['d'], scope: 'lightbox' },
  { id: 'delete', keys: ['Delete', 'Backspace'], scope: 'lightbox' },
  { id: 'left', keys: ['ArrowLeft'], scope: 'around' },
  { id: 'right', keys: ['ArrowRight'], scope: 'around' },
  { id: 'up', keys: ['ArrowUp'], scope: 'around' },
  { id: 'down', keys: ['ArrowDown'], scope: 'around' },
  { id: 'in', keys: ['+', '='], scope: 'around' },
  { id: 'out', keys: ['-'], scope: 'around' },
  { id: 'middle', keys: ['0'], scope: 'around' },
  { id: 'close', keys: ['Escape'], scope: 'around' },
  { id: 'earlier', keys: ['alt+ArrowUp'], scope: 'queue' },
  { id: 'later', keys: ['alt+ArrowDown'], scope: 'queue' },
  { id: 'cancel', keys: ['Delete', 'Backspace'], scope: 'queue' },
  { id: 'all', keys: ['mod+a'], scope: 'library' },
  { id: 'none', keys: ['Escape'], scope: 'library' },
  { id: 'search', keys: ['f'], scope: 'library' },
  { id: 'brush', keys: ['b'], scope: 'edit' },
  { id: 'eraser', keys: ['e'], scope: 'edit' },
  { id: 'smaller', keys: ['['], scope: 'edit' },
  { id: 'larger', keys: [']'], scope: 'edit' },
  { id: 'undo', keys: ['mod+z'], scope: 'edit' },
  { id: 'redo', keys: ['shift+mod+z', 'mod+y'], scope: 'edit' },
  { id: 'invert', keys: ['i'], scope: 'edit' },
  { id: 'clear', keys: ['Delete', 'Backspace'], scope: 'edit' },
  { id: 'in', keys: ['+', '='], scope: 'edit' },
  { id: 'out', keys: ['-'], scope: 'edit' },
  { id: 'fit', keys: ['0'], scope: 'edit' },
  { id: 'slider', keys: ['1'], scope: 'compare' },
  { id: 'sides', keys: ['2'], scope: 'compare' },
  { id: 'flicker', keys: ['3'], scope: 'compare' },
  { id: 'swap', keys: ['x'], scope: 'compare' },
  { id: 'walk', keys: ['w'], scope: 'explore' },
  { id: 'keep', keys: ['k'], scope: 'explore' },
  { id: 'dice', keys: ['r'], scope: 'explore' },
  { id: 'earlier', keys: [','], scope: 'grid' },
  { id: 'later', keys: ['.'], scope: 'grid' },
  { id: 'play', keys: ['p'], scope: 'grid' },
];

const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
/** @type {Map<string, (event: KeyboardEvent) => any>} */
const handlers = new Map();
let place = '';

/** Says what the keys of a scope do. @param {string} scope @param {Record<string, (event: any) => any>} calls */
export function bind(scope, calls) {
  for (const [id, call] of Object.entries(calls)) handlers.set(`${scope} ${id}`, call);
}

/** The place the page is at: its keys count wherever the focus is. @param {string} name */
export function setPlace(name) {
  place = name;
}

/** Does what a key would do. @param {string} scope @param {string} id */
export const perform = (scope, id) => handlers.get(`${scope} ${id}`)?.(new KeyboardEvent('keydown'));

/** How a person reads a key. @param {string} key */
export function shown(key) {
  /** @type {Record<string, string>} */
  const names = {
    mod: mac ? '⌘' : 'Ctrl',
    shift: '⇧',
    alt: mac ? '⌥' : 'Alt',
    Enter: '↵',
    Escape: 'Esc',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Backspace: '⌫',
    Delete: 'Del',
  };
  if (key === '+') return key;
  return key.split('+').map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(' ');
}

/** The name of what was pressed. @param {KeyboardEvent} event */
function pressed(event) {
  const letter = event.key.length === 1;
  const key = event.altKey && letter && /^(Key|Digit)/.test(event.code)
    ? event.code.slice(-1).toLowerCase()
    : letter
    ? event.key.toLowerCase()
    : event.key;
  const isLetter = /^[a-z]$/.test(key);
  return [
    event.shiftKey && (!letter || isLetter) ? 'shift' : '',
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    key,
  ].filter(Boolean).join('+');
}

/** Whether keys belong to what is being typed. @param {any} el */
function types(el) {
  return el.isContentEditable || el.tagName === 'TEXTAREA' || el.tagName === 'SELECT' ||
    (el.tagName === 'INPUT' && !['checkbox', 'radio', 'button', 'range'].includes(el.type));
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const target = /** @type {any} */ (event.target);
  const name = pressed(event);
  const free = !/mod|alt/.test(name);
  if (types(target) && free && name !== 'Escape') return;
  if (types(target) && name.includes('mod') && !['mod+k', 'mod+Enter'].includes(name)) return;
  if (target.type === 'range' && name.startsWith('Arrow')) return;
  if (/^(Enter| )$/.test(name) && target.matches?.('button, a, summary, input, select')) return;
  const scopes = [];
  for (let el = target.closest?.('[data-scope]'); el; el = el.parentElement?.closest('[data-scope]')) {
    scopes.push(el.dataset.scope);
  }
  const modal = document.querySelector('dialog[open]');
  if (!modal) scopes.push(place);
  scopes.push('global');
  for (const scope of scopes) {
    const key = KEYS.find((k) => k.scope === scope && k.keys.includes(name));
    const call = key && handlers.get(`${scope} ${key.id}`);
    if (!call) continue;
    if (modal && scope === 'global' && !['palette', 'help', 'smooth', 'theme'].includes(key.id)) continue;
    if (call(event) === false) continue;
    event.preventDefault();
    return;
  }
});
