// Short notes at the edge of the page: what happened, with undo; and errors in their place.

import { byId, h } from './dom.js';
import { t } from './words.js';
import { StudioError } from './api.js';

/**
 * Says what happened, for a while.
 * @param {string} text @param {{label: string, act: () => any, testid?: string}} [offer]
 */
export function note(text, offer) {
  const el = h('div.note', { 'data-testid': 'note' }, h('span', { text }));
  const away = setTimeout(() => el.remove(), offer ? 9000 : 4000);
  if (offer) {
    el.append(h('button.link', {
      'data-testid': offer.testid ?? 'undo',
      onclick: () => {
        clearTimeout(away);
        el.remove();
        offer.act();
      },
      text: offer.label,
    }));
  }
  byId('notes').append(el);
  while (byId('notes').children.length > 3) byId('notes').firstChild.remove();
}

/** What an error says to a person. @param {any} error */
export function said(error) {
  if (error instanceof StudioError && error.code === 'unreachable') return t('error.unreachable');
  return error?.message || t('error.unknown');
}

/** An error where it happened, with the request's id. @param {any} error @param {() => any} [retry] */
export function errorBox(error, retry) {
  return h(
    'div.error',
    { role: 'alert', 'data-testid': 'error' },
    h('p', { text: said(error) }),
    error?.id ? h('p.small', {}, t('error.id') + ' ', h('code', { text: error.id, 'data-testid': 'error-id' })) : null,
    retry ? h('button.small', { onclick: retry, text: t('error.retry') }) : null,
  );
}

/** Shows an error in a place, or takes it away. @param {any} place @param {any} [error] @param {() => any} [retry] */
export function fail(place, error, retry) {
  place.replaceChildren();
  if (error) place.append(errorBox(error, retry));
}

/** Runs a call; what goes wrong becomes a note that stays until it is read. @param {() => Promise<any>} work */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    const el = h(
      'div.note.bad',
      {},
      errorBox(error),
      h('button.link', { onclick: () => el.remove(), text: t('close') }),
    );
    byId('notes').append(el);
    return undefined;
  }
}

/** Says something to those who listen. @param {string} text */
export function announce(text) {
  byId('live').textContent = text;
}
