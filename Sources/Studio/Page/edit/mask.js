// The mask: a byte per pixel of the picture, painted with hard discs, undone and redone whole.

/** What shall be drawn anew. */
export class Mask {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.bytes = new Uint8Array(width * height);
    /** @type {Uint8Array<ArrayBuffer>[]} */ this.before = [];
    /** @type {Uint8Array<ArrayBuffer>[]} */ this.after = [];
  }

  /** Remembers the present state before a change. */
  begin() {
    this.before.push(this.bytes.slice());
    if (this.before.length > 100) this.before.shift();
    this.after = [];
  }

  /** Goes a step back. */
  undo() {
    return this.step(this.before, this.after);
  }

  /** Goes a step forward again. */
  redo() {
    return this.step(this.after, this.before);
  }

  /** @param {Uint8Array<ArrayBuffer>[]} from @param {Uint8Array<ArrayBuffer>[]} to */
  step(from, to) {
    const state = from.pop();
    if (!state) return false;
    to.push(this.bytes);
    this.bytes = state;
    return true;
  }

  /** Paints discs along a line. @param {number[]} a @param {number[]} b @param {number} radius @param {boolean} on */
  line(a, b, radius, on) {
    const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / Math.max(0.5, radius / 4)));
    for (let i = 0; i <= steps; i += 1) {
      this.disc(a[0] + ((b[0] - a[0]) * i) / steps, a[1] + ((b[1] - a[1]) * i) / steps, radius, on);
    }
  }

  /** Paints the pixels whose centre is within a disc, at least the one below its own. @param {number} cx @param {number} cy @param {number} radius @param {boolean} on */
  disc(cx, cy, radius, on) {
    const value = on ? 1 : 0;
    const { width, height } = this;
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, Math.floor(cy + radius)); y += 1) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, Math.floor(cx + radius)); x += 1) {
        if ((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2 <= radius * radius) this.bytes[y * width + x] = value;
      }
    }
    const x = Math.floor(cx), y = Math.floor(cy);
    if (x >= 0 && y >= 0 && x < width && y < height) this.bytes[y * width + x] = value;
  }

  invert() {
    this.begin();
    for (let i = 0; i < this.bytes.length; i += 1) this.bytes[i] ^= 1;
  }

  clear() {
    this.begin();
    this.bytes.fill(0);
  }

  /** The painted share. */
  get share() {
    let sum = 0;
    for (const b of this.bytes) sum += b;
    return sum / this.bytes.length;
  }

  /** The mask as a picture to look at. @param {number[]} colour @param {HTMLCanvasElement} canvas */
  show(colour, canvas) {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const image = pen.createImageData(this.width, this.height);
    const pixels = new Uint32Array(image.data.buffer);
    const full = (255 << 24) | (colour[2] << 16) | (colour[1] << 8) | colour[0];
    for (let i = 0; i < this.bytes.length; i += 1) if (this.bytes[i]) pixels[i] = full;
    pen.putImageData(image, 0, 0);
  }

  /** The mask as it is sent: transparent where the picture is drawn anew. @returns {Promise<Blob>} */
  export() {
    const canvas = new OffscreenCanvas(this.width, this.height);
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const image = pen.createImageData(this.width, this.height);
    for (let i = 0; i < this.bytes.length; i += 1) image.data[i * 4 + 3] = this.bytes[i] ? 0 : 255;
    pen.putImageData(image, 0, 0);
    return canvas.convertToBlob({ type: 'image/png' });
  }
}
