// A panorama as it is seen from its middle: one triangle over the whole canvas, and a direction for each pixel of it.

const POINTS = `#version 300 es
in vec2 at;
out vec2 place;
void main() { place = at; gl_Position = vec4(at, 0.0, 1.0); }`;

const COLOURS = `#version 300 es
precision highp float;
in vec2 place;
out vec4 colour;
uniform sampler2D picture;
uniform vec2 reach;
uniform vec2 towards;
uniform float height;
const float PI = 3.14159265358979;
void main() {
  vec3 ray = vec3(place * reach, 1.0);
  float c = cos(towards.y), s = sin(towards.y);
  ray = vec3(ray.x, ray.y * c + ray.z * s, ray.z * c - ray.y * s);
  float across = 0.5 + (towards.x + atan(ray.x, ray.z)) / (2.0 * PI);
  float down = 0.5 - atan(ray.y, length(ray.xz)) / height;
  colour = down < 0.0 || down > 1.0 ? vec4(0.0) : textureLod(picture, vec2(across, down), 0.0);
}`;

/** @param {WebGL2RenderingContext} gl @param {number} kind @param {string} text */
function shader(gl, kind, text) {
  const one = /** @type {WebGLShader} */ (gl.createShader(kind));
  gl.shaderSource(one, text);
  gl.compileShader(one);
  return one;
}

/** The picture, smaller where the graphics processor takes no larger one. @param {HTMLImageElement} image @param {number} most */
function bounded(image, most) {
  const scale = Math.min(1, most / Math.max(image.naturalWidth, image.naturalHeight));
  if (scale === 1) return image;
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.floor(image.naturalWidth * scale)),
    Math.max(1, Math.floor(image.naturalHeight * scale)),
  );
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * What draws a panorama on a canvas; null where the browser has no WebGL.
 * @param {HTMLCanvasElement} canvas @param {HTMLImageElement} image loaded
 * @returns {{draw: (yaw: number, pitch: number, field: number) => void, end: () => void}|null} angles in radians, the field from top to bottom
 */
export function scene(canvas, image) {
  const gl = canvas.getContext('webgl2', { antialias: false });
  if (!gl) return null;
  const program = gl.createProgram();
  gl.attachShader(program, shader(gl, gl.VERTEX_SHADER, POINTS));
  gl.attachShader(program, shader(gl, gl.FRAGMENT_SHADER, COLOURS));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null;
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
  const at = gl.getAttribLocation(program, 'at');
  gl.enableVertexAttribArray(at);
  gl.vertexAttribPointer(at, 2, gl.FLOAT, false, 0, 0);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texImage2D(
    gl.TEXTURE_2D,
    0,
    gl.RGBA,
    gl.RGBA,
    gl.UNSIGNED_BYTE,
    bounded(image, gl.getParameter(gl.MAX_TEXTURE_SIZE)),
  );
  // Left and right edges are neighbours; above and below nothing is.
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.REPEAT);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  const place = (/** @type {string} */ name) => gl.getUniformLocation(program, name);
  const [reach, towards] = [place('reach'), place('towards')];
  gl.uniform1f(place('height'), (2 * Math.PI * image.naturalHeight) / image.naturalWidth);
  return {
    draw(yaw, pitch, field) {
      const dots = window.devicePixelRatio || 1;
      canvas.width = Math.max(1, Math.round(canvas.clientWidth * dots));
      canvas.height = Math.max(1, Math.round(canvas.clientHeight * dots));
      gl.viewport(0, 0, canvas.width, canvas.height);
      const half = Math.tan(field / 2);
      gl.uniform2f(reach, (half * canvas.width) / canvas.height, half);
      gl.uniform2f(towards, yaw, pitch);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
    end: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}
