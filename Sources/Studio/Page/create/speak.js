// The microphone of the bar: what is said becomes the text of the field, to be read and changed before it is drawn.

import { byId, fill } from '../core/dom.js';
import { icon } from '../core/icons.js';
import { duration, t } from '../core/words.js';
import { call } from '../core/api.js';
import { bind } from '../core/keys.js';
import { announce, fail } from '../core/notes.js';
import { settings } from './settings.js';
import { LONGEST, record } from './recording.js';

/** @type {{seconds: () => number, stop: () => Promise<Blob>}|null} */
let running = null;
/** Whether the browser is asked, or the studio. */
let busy = false;
let clock = 0;

/** Shows what the button does now. @param {'speak'|'stop'|'wait'} what */
function show(what) {
  const button = byId('microphone');
  fill(button, icon(what === 'stop' ? 'stop' : 'microphone', 20));
  button.dataset.label = `bar.${what}`;
  for (const name of ['aria-label', 'title']) button.setAttribute(name, t(`bar.${what}`));
  button.setAttribute('aria-pressed', String(what === 'stop'));
  button.setAttribute('aria-busy', String(what === 'wait'));
  byId('heard').textContent = what === 'speak' ? '' : t(`speak.${what}`);
}

/** Why nothing can be recorded, in a sentence. @param {any} error */
function reason(error) {
  /** @type {Record<string, string>} */
  const known = {
    NotAllowedError: 'refused',
    SecurityError: 'refused',
    NotFoundError: 'none',
    NotReadableError: 'taken',
  };
  return new Error(known[error?.name] ? t(`speak.${known[error.name]}`) : t('speak.failed', { why: String(error) }));
}

async function begin() {
  fail(byId('bar-error'));
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia || !globalThis.AudioWorkletNode) {
    return fail(byId('bar-error'), new Error(t('speak.missing')));
  }
  busy = true;
  try {
    running = await record();
  } catch (error) {
    return fail(byId('bar-error'), reason(error));
  } finally {
    busy = false;
  }
  show('stop');
  announce(t('speak.stop'));
  clock = setInterval(() => {
    const seconds = running?.seconds() ?? 0;
    byId('heard').textContent = `${t('speak.stop')} ${duration(Math.max(1, seconds))}`;
    if (seconds >= LONGEST) end();
  }, 250);
}

/** @param {(text: string) => void} write @param {() => string} read */
async function finish(write, read) {
  const recording = running;
  running = null;
  clearInterval(clock);
  if (!recording) return;
  busy = true;
  show('wait');
  try {
    const query = settings.model ? `?model=${encodeURIComponent(settings.model)}` : '';
    const { text } = await call('POST', `/api/transcriptions${query}`, await recording.stop());
    write([read().trim(), text].filter(Boolean).join(' '));
    announce(t('speak.heard', { text }));
  } catch (error) {
    fail(byId('bar-error'), error);
  }
  busy = false;
  show('speak');
}

let end = async () => {};

/** Puts the microphone into motion. @param {(text: string) => void} write @param {() => string} read */
export function startSpeaking(write, read) {
  end = () => finish(write, read);
  const press = () => busy ? undefined : running ? end() : begin();
  byId('microphone').addEventListener('click', press);
  bind('bar', { speak: press });
}
