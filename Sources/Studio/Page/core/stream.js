// One stream of events per browser: the tab that holds the lock listens and passes on what it hears.

import { base, parse, to } from './base.js';
import { hear, reload, store, tell } from './store.js';

const channel = 'BroadcastChannel' in window ? new BroadcastChannel('atelier' + base) : null;
let last = '0';
let leads = false;
let connection = new AbortController();
let wake = () => {};

/** Begins to listen, as the leader or behind it. */
export function listen() {
  last = String(store.event);
  channel?.addEventListener('message', ({ data }) => {
    if (data.type === 'event') receive(data.id, data.name, data.data);
    else if (data.type === 'online') online(data.value);
    else if (data.type === 'reset') again();
    else if (data.type === 'hello' && leads) channel.postMessage({ type: 'online', value: store.online });
  });
  channel?.postMessage({ type: 'hello' });
  window.addEventListener('offline', () => {
    online(false);
    connection.abort();
  });
  window.addEventListener('online', () => wake());
  if (navigator.locks) navigator.locks.request('atelier-stream' + base, lead);
  else lead();
}

/** Listens for ever: the lock is held as long as this tab lives. */
async function lead() {
  leads = true;
  let wait = 250;
  let lost = false;
  for (;;) {
    try {
      await read(async () => {
        wait = 250;
        if (lost) await again();
        lost = false;
        pass({ type: 'online', value: true });
        online(true);
      });
    } catch { /* said below */ }
    if (lost) {
      pass({ type: 'online', value: false });
      online(false);
    }
    lost = true;
    await new Promise((done) => {
      wake = () => done(undefined);
      setTimeout(wake, wait);
    });
    wait = Math.min(wait * 1.6, 2000);
  }
}

/** Reads one connection to its end. @param {() => Promise<void>} opened */
async function read(opened) {
  const abort = new AbortController();
  connection = abort;
  let alive = setTimeout(() => abort.abort(), 8000);
  const reply = await fetch(to('/api/events'), {
    headers: { accept: 'text/event-stream', 'last-event-id': last },
    signal: abort.signal,
    cache: 'no-store',
  });
  if (!reply.ok || !reply.body) throw new Error(String(reply.status));
  await opened();
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    clearTimeout(alive);
    alive = setTimeout(() => abort.abort(), 40_000);
    const { done, value } = await reader.read();
    if (done) break;
    rest = (rest + value).replace(/\r\n?/g, '\n');
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      block(rest.slice(0, end));
      rest = rest.slice(end + 2);
    }
  }
  clearTimeout(alive);
}

/** Takes one event apart. @param {string} text */
function block(text) {
  let name = 'message', id = '', data = '';
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).replace(/^ /, '');
    const field = line.slice(0, colon);
    if (field === 'event') name = value;
    else if (field === 'id') id = value;
    else if (field === 'data') data += (data ? '\n' : '') + value;
  }
  if (name === 'reset') {
    if (id) last = id;
    pass({ type: 'reset' });
    again();
    return;
  }
  if (!data) return;
  const value = parse(data);
  pass({ type: 'event', id, name, data: value });
  receive(id, name, value);
}

/** @param {string} id @param {string} name @param {any} data */
function receive(id, name, data) {
  if (id && Number(id) <= Number(last) && Number(last) - Number(id) < 100_000) return;
  if (id) last = id;
  hear(name, data);
}

/** Loads everything again, after a reset or an outage. */
async function again() {
  await reload().then(() => {
    last = String(store.event);
  }).catch(() => {});
}

/** @param {any} message */
const pass = (message) => channel?.postMessage(message);

/** @param {boolean} value */
function online(value) {
  if (store.online === value) return;
  store.online = value;
  tell('online', value);
}
