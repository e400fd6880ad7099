// What runs beside the page while something is recorded: hands on the numbers of the microphone as they come.

// Worklets have a world of their own, whose names no other script knows.
const world = /** @type {any} */ (globalThis);

class Tape extends world.AudioWorkletProcessor {
  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    const heard = inputs[0]?.[0];
    // The numbers are the browser's own and change with the next call.
    if (heard?.length) this.port.postMessage(heard.slice());
    return true;
  }
}

world.registerProcessor('tape', Tape);
