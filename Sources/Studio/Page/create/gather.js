// What was dropped, folders opened; whatever is left out is counted with its reason.

/** Files that are taken at once. */
const MOST = 500;
/** How deep folders may lie in one another. */
const DEEPEST = 8;

/** Files that are left out, by reason, with the first of each. */
export class LeftOut {
  /** @type {Map<string, {n: number, name: string, why: string}>} */
  reasons = new Map();

  /** Counts a file. @param {string} reason @param {string} name @param {string} [why] in the studio's words */
  add(reason, name, why = '') {
    const known = this.reasons.get(reason) ?? { n: 0, name, why };
    known.n += 1;
    this.reasons.set(reason, known);
  }

  /** How many there are. */
  get count() {
    return [...this.reasons.values()].reduce((sum, one) => sum + one.n, 0);
  }
}

/**
 * The files of a drop, those in folders too.
 *
 * What is in it must be asked for before anything is waited for: afterwards the browser gives nothing any more.
 * @param {DataTransfer} transfer @returns {Promise<{files: File[], left: LeftOut}>}
 */
export async function gather(transfer) {
  const found = [...transfer.items].filter((item) => item.kind === 'file').map((item) =>
    item.webkitGetAsEntry?.() ?? item.getAsFile()
  );
  const left = new LeftOut();
  /** @type {File[]} */
  const files = [];
  const take = (/** @type {File} */ file, /** @type {string} */ path) => {
    if (file.name.startsWith('.')) left.add('hidden', path);
    else if (files.length >= MOST) left.add('many', path);
    else files.push(file);
  };
  const open = async (/** @type {any} */ entry, /** @type {number} */ depth) => {
    const path = entry.fullPath?.replace(/^\//, '') || entry.name;
    try {
      if (entry.isFile) return take(await new Promise((done, failed) => entry.file(done, failed)), path);
      if (depth >= DEEPEST) return left.add('deep', path);
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) return;
        for (const inner of some) await open(inner, depth + 1);
      }
    } catch {
      left.add('gone', path);
    }
  };
  for (const one of found) {
    if (one instanceof File) take(one, one.name);
    else if (one) await open(one, 0);
  }
  return { files, left };
}
