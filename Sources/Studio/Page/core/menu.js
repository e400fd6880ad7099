// A menu that floats beside its button: arrows walk, Esc closes, the focus comes back.

import { h } from './dom.js';
import { icon } from './icons.js';

/** @typedef {{text: string, icon?: string, key?: string, why?: string|null, act: () => any, testid?: string}|null} Item */

let open = /** @type {any} */ (null);

/** Opens a menu. @param {any} button @param {Item[]} items @param {any} [back] takes the focus afterwards */
export function menu(button, items, back = button) {
  close();
  const el = h(
    'div.menu',
    { role: 'menu', 'data-testid': 'menu' },
    items.map((item) =>
      item
        ? h(
          'button',
          {
            role: 'menuitem',
            tabindex: -1,
            'data-testid': item.testid,
            'aria-disabled': item.why ? 'true' : null,
            title: item.why,
            onclick: () => {
              if (item.why) return;
              close();
              item.act();
            },
          },
          item.icon ? icon(item.icon, 16) : h('span.icon'),
          h('span', { text: item.text }),
          item.key ? h('kbd', { text: item.key }) : null,
        )
        : h('hr', { role: 'separator' })
    ),
  );
  (button.closest('dialog') ?? document.body).append(el);
  const at = button.getBoundingClientRect();
  const size = el.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8));
  const below = at.bottom + 4 + size.height < innerHeight;
  el.style.left = `${left}px`;
  el.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - size.height - 4)}px`;
  open = { el, back };
  button.setAttribute('aria-expanded', 'true');
  open.button = button;
  el.querySelector('button')?.focus();
  el.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const all = [...el.querySelectorAll('button')];
    const index = all.findIndex((one) => one === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) all[(index + step + all.length) % all.length].focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Closes the menu that is open. @param {boolean} [focus] */
export function close(focus = false) {
  if (!open) return;
  open.el.remove();
  open.button.removeAttribute('aria-expanded');
  if (focus) open.back.focus();
  open = null;
}

document.addEventListener('pointerdown', (event) => {
  if (open && !open.el.contains(event.target)) close();
}, true);
window.addEventListener('resize', () => close());
