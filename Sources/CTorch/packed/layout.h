// How weights lie in memory for products with few rows: tiles of sixteen outputs, each read in one go.
//
// A word of four bytes has the weights of one output for neighbouring inputs: two in bfloat16, four in
// eight bits. Sixteen words, one for each output, follow each other. So a tile needs no sums across
// registers, and one word of a row meets sixteen outputs.
//
// - bfloat: inputs / 2 times sixteen words.
// - byte: inputs / 4 times sixteen words of codes 1 ... 255, 128 for zero; then sixteen scales in float32.
//   A weight is scale · (code − 128).
// - nibble: for each 64 inputs eight times sixteen words, whose lower halves of bytes are the codes of
//   inputs 0 ..< 32 and whose upper halves those of 32 ..< 64; then sixteen scales and sixteen smallest
//   weights in bfloat16. A weight is smallest + scale · code.
//
// Inputs are filled up to a multiple of 64 with zeros.
#pragma once

#include <cstdint>

namespace ctorch::packed {

constexpr int64_t width = 16;  // outputs of a tile
constexpr int64_t group = 64;  // inputs that share a scale
constexpr int64_t line = 64;   // bytes of sixteen words

enum class Kind { bfloat, byte, nibble };

constexpr int64_t filled(int64_t inputs) { return (inputs + group - 1) / group * group; }

// Bytes that 64 inputs take in a tile.
constexpr int64_t group_bytes(Kind kind) {
    switch (kind) {
    case Kind::bfloat: return 32 * line;
    case Kind::byte: return 16 * line;
    case Kind::nibble: return 9 * line;
    }
    return 0;
}

constexpr int64_t tile_bytes(Kind kind, int64_t inputs) {
    return filled(inputs) / group * group_bytes(kind) + (kind == Kind::byte ? line : 0);
}

struct Matrix {
    Kind kind;
    const uint8_t *tiles;
    int64_t outputs, inputs;  // inputs as filled up

    int64_t tile() const { return tile_bytes(kind, inputs); }
    int64_t groups() const { return inputs / group; }
};

}  // namespace ctorch::packed
