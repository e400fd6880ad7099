// A model's card: a little Markdown, drawn by the DOM; whatever else it holds stays text.

import { h } from '../core/dom.js';

/** @param {string} line */
function inline(line) {
  return line.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`') && part.length > 2) return h('code', { text: part.slice(1, -1) });
    if (part.startsWith('**') && part.length > 4) return h('b', { text: part.slice(2, -2) });
    return part;
  });
}

/** @param {string} text */
export function prose(text) {
  const out = h('div.prose');
  /** @type {any} */
  let list = null;
  /** @type {string[]|null} */
  let code = null;
  let lines = /** @type {string[]} */ ([]);
  const end = () => {
    if (lines.length) out.append(h('p', {}, inline(lines.join(' '))));
    lines = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      if (code) {
        out.append(h('pre', { text: code.join('\n') }));
        code = null;
      } else {
        end();
        code = [];
      }
    } else if (code) code.push(line);
    else if (/^#{1,6} /.test(line)) {
      end();
      list = null;
      out.append(h('h3', {}, inline(line.replace(/^#+ /, ''))));
    } else if (/^\s*[-*] /.test(line)) {
      end();
      if (!list) out.append(list = h('ul'));
      list.append(h('li', {}, inline(line.replace(/^\s*[-*] /, ''))));
    } else if (!line.trim()) {
      end();
      list = null;
    } else if (line.startsWith('|')) {
      end();
      out.append(h('pre', { text: line }));
    } else {
      list = null;
      lines.push(line);
    }
  }
  if (code) out.append(h('pre', { text: code.join('\n') }));
  end();
  return out;
}
