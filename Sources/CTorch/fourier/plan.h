// How a convolution is cut into tiles that are multiplied frequency by frequency.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

namespace ctorch::fourier {

// Numbers that one vector register holds; channels come in blocks of so many.
constexpr int64_t lanes = 16;

// Transform lengths there is code for.
constexpr std::array<int64_t, 4> lengths = {8, 9, 10, 12};

// Complex numbers that describe a real tile of length × length: half the plane, the rest mirrored.
constexpr int64_t frequencies(int64_t length) {
    int64_t half = length / 2 + 1;
    int64_t mirrored = length % 2 == 0 ? 2 : 1;
    return mirrored * half + (half - mirrored) * length;
}

inline int64_t floor_divided(int64_t a, int64_t b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

// One side of a picture. With stride s the picture is s interleaved ones (phases), each met by
// every s-th tap of the kernel:
// out[o] = Σ_phase Σ_q x[s·(o + q) + phase] · w[s·q + phase + before].
struct Axis {
    int64_t input, output, kernel, stride, before;
    int64_t tile = 0, tiles = 0, shift = 0;

    int64_t first() const { return floor_divided(-before, stride); }
    int64_t last() const { return floor_divided(kernel - 1 - before, stride); }
    int64_t taps() const { return last() - first() + 1; }
    // Elements of a phase.
    int64_t elements(int64_t phase) const { return (input - phase + stride - 1) / stride; }

    // Cuts the outputs for windows of that length; false when the kernel does not fit.
    //
    // A single tile may wrap round: what wraps falls on zeros or on outputs that nobody reads.
    bool cut(int64_t length) {
        if (length >= std::max(elements(0) - first(), output + last()) && length >= taps()) {
            tile = output, tiles = 1, shift = 0;
            return true;
        }
        if (length < taps()) return false;
        tile = length - taps() + 1;
        tiles = (output + tile - 1) / tile;
        shift = first();
        return true;
    }

    // Where window `t` begins among the elements of a phase.
    int64_t window(int64_t t) const { return t * tile + shift; }
    // Outputs that tile `t` has.
    int64_t outputs(int64_t t) const { return std::min(tile, output - t * tile); }
    // The tap of the kernel at place `q` (0 ..< taps) of a phase, or −1.
    int64_t tap(int64_t phase, int64_t q) const {
        int64_t k = stride * (first() + q) + phase + before;
        return k >= 0 && k < kernel ? k : -1;
    }
    // The place of tap `q` in a window: turned round, since a convolution's kernel slides.
    int64_t place(int64_t q, int64_t length) const {
        return ((shift - first() - q) % length + length) % length;
    }
    // Multiplications of the direct sum along this axis, taps on the border left out.
    int64_t products() const {
        int64_t sum = 0;
        for (int64_t o = 0; o < output; o++)
            for (int64_t k = 0; k < kernel; k++) {
                int64_t i = o * stride + k - before;
                sum += i >= 0 && i < input;
            }
        return sum;
    }
};

struct Plan {
    int64_t count, inputs, outputs;
    Axis rows, columns;
    int64_t length = 0;

    int64_t phases() const { return rows.stride * columns.stride; }
    int64_t tiles() const { return rows.tiles * columns.tiles; }
    int64_t windows() const { return count * tiles(); }
    int64_t planes() const { return frequencies(length); }
    // Channels of all phases.
    int64_t depth() const { return phases() * inputs; }

    // Chooses the length with the fewest products; none when no length fits.
    bool choose() {
        int64_t best = 0;
        Plan chosen = *this;
        for (int64_t length : lengths) {
            Plan plan = *this;
            plan.length = length;
            if (!plan.rows.cut(length) || !plan.columns.cut(length)) continue;
            int64_t cost = plan.tiles() * frequencies(length);
            if (best == 0 || cost < best) best = cost, chosen = plan;
        }
        *this = chosen;
        return best > 0;
    }

    // The time that this takes over that of the direct sum, roughly: the share of the products that
    // are left, and the transforms: of maps as much as thirty channels more, of kernels as much as
    // four windows more.
    double effort() const {
        double direct = static_cast<double>(rows.products() * columns.products());
        double left = 4.0 * static_cast<double>(tiles() * planes() * phases()) / direct;
        double transforms = 30.0 / static_cast<double>(depth())
                            + 30.0 / static_cast<double>(outputs);
        return left * (1 + transforms + 4.0 / static_cast<double>(windows()));
    }
};

}  // namespace ctorch::fourier
