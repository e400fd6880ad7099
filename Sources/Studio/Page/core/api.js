// Calls to the studio. What went wrong arrives as an error that says so, with the request's id.

import { parse, to } from './base.js';

/** A refusal or failure in the studio's own words. */
export class StudioError extends Error {
  /** @param {string} message @param {{type?: string, param?: string, code?: string, id?: string, status?: number, retryAfter?: number}} [more] */
  constructor(message, more = {}) {
    super(message);
    this.type = more.type ?? '';
    this.param = more.param ?? '';
    this.code = more.code ?? '';
    this.id = more.id ?? '';
    this.status = more.status ?? 0;
    this.retryAfter = more.retryAfter ?? 0;
  }
}

/**
 * Sends a request and reads the JSON of the reply.
 * @param {string} method @param {string} path
 * @param {any} [body] an object (JSON) or a Blob (sent as it is)
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>}
 */
export async function call(method, path, body, headers = {}) {
  const reply = await send(method, path, body, headers);
  if (reply.status === 204) return null;
  const text = await reply.text();
  return text ? parse(text) : null;
}

/**
 * Sends a request; a reply that is no success is thrown.
 * @param {string} method @param {string} path @param {any} body @param {Record<string, string>} headers
 * @returns {Promise<Response>}
 */
async function send(method, path, body, headers) {
  /** @type {Record<string, string>} */
  const all = { accept: 'application/json', ...headers };
  if (method !== 'GET') all['x-atelier-csrf'] = '1';
  let content;
  if (body instanceof Blob) {
    all['content-type'] = body.type || 'application/octet-stream';
    content = body;
  } else if (method !== 'GET') {
    all['content-type'] = 'application/json';
    content = JSON.stringify(body ?? {});
  }
  let reply;
  try {
    reply = await fetch(to(path), { method, headers: all, body: content, credentials: 'same-origin' });
  } catch {
    throw new StudioError('', { code: 'unreachable' });
  }
  if (reply.ok) return reply;
  const id = reply.headers.get('x-request-id') ?? '';
  let error = null;
  try {
    error = (await reply.json()).error;
  } catch { /* not JSON: the status has to say it */ }
  throw new StudioError(error?.message ?? `${reply.status} ${reply.statusText}`, {
    ...error,
    id: error?.id ?? id,
    status: reply.status,
    retryAfter: Number(reply.headers.get('retry-after')) || 0,
  });
}

export const get = (/** @type {string} */ path) => call('GET', path);
/** @type {(path: string, body?: any, headers?: Record<string, string>) => Promise<any>} */
export const post = (path, body, headers) => call('POST', path, body, headers);
export const patch = (/** @type {string} */ path, /** @type {any} */ body) => call('PATCH', path, body);
export const remove = (/** @type {string} */ path) => call('DELETE', path);

/** A reply as a file. @param {string} path @param {any} body @returns {Promise<Blob>} */
export async function postForFile(path, body) {
  return (await send('POST', path, body, { accept: '*/*' })).blob();
}

/** Hands a file to the person. @param {Blob|string} what a file or its address @param {string} name */
export function save(what, name) {
  const url = typeof what === 'string' ? what : URL.createObjectURL(what);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  if (typeof what !== 'string') setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
