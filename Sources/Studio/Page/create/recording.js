// A recording of the microphone, as the WAV file that the studio reads.

import { to } from '../core/base.js';

/** Seconds after which a recording ends by itself: the studio reads no longer ones. */
export const LONGEST = 59;

/** Numbers from −1 to 1 as a WAV file of 16 bits. @param {Float32Array[]} chunks @param {number} rate */
export function wav(chunks, rate) {
  const count = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  const text = (/** @type {number} */ at, /** @type {string} */ word) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * count, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * count, true);
  let place = 44;
  for (const chunk of chunks) {
    for (const number of chunk) {
      view.setInt16(place, Math.max(-1, Math.min(1, number)) * 32767, true);
      place += 2;
    }
  }
  return new Blob([view], { type: 'audio/wav' });
}

/**
 * Begins to record. What the browser refuses is thrown: `NotAllowedError`, `NotFoundError` and others.
 * @returns {Promise<{seconds: () => number, stop: () => Promise<Blob>}>}
 */
export async function record() {
  const context = new AudioContext();
  /** @type {MediaStream|undefined} */
  let stream;
  const end = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    return context.close();
  };
  try {
    // All is there before the microphone opens, so that nothing that is said is lost.
    await context.audioWorklet.addModule(to('/page/create/tape.js'));
    // What browsers do to voices for telephones takes sounds away that tell words apart.
    const plain = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
    const tape = new AudioWorkletNode(context, 'tape', { numberOfOutputs: 0 });
    /** @type {Float32Array[]} */
    const chunks = [];
    let count = 0;
    tape.port.onmessage = ({ data }) => {
      if (count > LONGEST * context.sampleRate) return;
      chunks.push(data);
      count += data.length;
    };
    context.createMediaStreamSource(stream).connect(tape);
    await context.resume();
    return {
      seconds: () => count / context.sampleRate,
      stop: async () => {
        const rate = context.sampleRate;
        await end();
        return wav(chunks, rate);
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
