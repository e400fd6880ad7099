// From pictures and kernels to their spectra.
#pragma once

#include "spectrum.h"

namespace ctorch::fourier {

// Reads windows of a picture that has its channels innermost, and transforms them.
template <int length, typename Word, typename Element>
WIDE void analyse_inputs(
    const Plan &plan, const Element *x, const Spectrum<Word> &spectrum, int64_t begin,
    int64_t end) {
    const Axis &rows = plan.rows, &columns = plan.columns;
    int64_t blocks = plan.inputs / lanes;
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit / plan.count, n = unit % plan.count;
        const Element *picture = x + n * rows.input * columns.input * plan.inputs + block * lanes;
        for (int64_t phase = 0; phase < plan.phases(); phase++)
            for (int64_t t = 0; t < plan.tiles(); t++) {
                int64_t down = phase / columns.stride, across = phase % columns.stride;
                int64_t top = rows.window(t / columns.tiles);
                int64_t left = columns.window(t % columns.tiles);
                Vector tile[length * length];
                int filled = 0;
                for (int64_t r = 0; r < length; r++) {
                    int64_t y = top + r;
                    bool inside = y >= 0 && y < rows.elements(down);
                    if (inside) filled = static_cast<int>(r) + 1;
                    const Element *line = picture
                                          + (y * rows.stride + down) * columns.input
                                                * plan.inputs;
                    for (int64_t c = 0; c < length; c++) {
                        int64_t x = left + c;
                        bool here = inside && x >= 0 && x < columns.elements(across);
                        tile[r * length + c] =
                            here ? loaded(line + (x * columns.stride + across) * plan.inputs)
                                 : Vector{};
                    }
                }
                int64_t target = phase * blocks + block, row = n * plan.tiles() + t;
                plane_forward<length>(tile, filled, [&](int f, Complex value) WIDE {
                    Arithmetic<Word>::store(spectrum.at(f, target, row), value);
                });
            }
    }
}

// Reads tiles of outputs, zeros after them, and transforms them.
template <int length, typename Word, typename Element>
WIDE void analyse_outputs(
    const Plan &plan, const Element *y, const Spectrum<Word> &spectrum, int64_t begin,
    int64_t end) {
    const Axis &rows = plan.rows, &columns = plan.columns;
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit / plan.count, n = unit % plan.count;
        const Element *picture = y + n * rows.output * columns.output * plan.outputs
                                 + block * lanes;
        for (int64_t t = 0; t < plan.tiles(); t++) {
            int64_t i = t / columns.tiles, j = t % columns.tiles;
            int64_t height = rows.outputs(i), width = columns.outputs(j);
            Vector tile[length * length];
            for (int64_t r = 0; r < height; r++) {
                const Element *line = picture
                                      + ((i * rows.tile + r) * columns.output + j * columns.tile)
                                            * plan.outputs;
                for (int64_t c = 0; c < length; c++)
                    tile[r * length + c] = c < width ? loaded(line + c * plan.outputs) : Vector{};
            }
            plane_forward<length>(tile, static_cast<int>(height), [&](int f, Complex value) WIDE {
                Arithmetic<Word>::store(spectrum.at(f, block, n * plan.tiles() + t), value);
            });
        }
    }
}

// Kernels as a matrix of all inputs' phases by outputs, or the other way round.
struct KernelLayout {
    int64_t input, output, row, column;  // strides
};

WIDE_INLINE Vector gathered(const float *place, int64_t stride) {
    if (stride == 1) return loaded(place);
    auto offsets = _mm512_mullo_epi32(
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
        _mm512_set1_epi32(static_cast<int>(stride)));
    return (Vector)(_mm512_i32gather_ps(offsets, place, sizeof(float)));
}

// `outputs_first`: rows are outputs and lanes inputs, for the gradient of the inputs.
template <int length, typename Word>
WIDE void analyse_kernels(
    const Plan &plan, const float *w, KernelLayout layout, bool outputs_first,
    const Spectrum<Word> &spectrum, int64_t begin, int64_t end) {
    const Axis &rows = plan.rows, &columns = plan.columns;
    int64_t row_count = outputs_first ? plan.outputs : plan.inputs;
    int64_t blocks = (outputs_first ? plan.inputs : plan.outputs) / lanes;
    int64_t row_step = outputs_first ? layout.output : layout.input;
    int64_t lane_step = outputs_first ? layout.input : layout.output;
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit / row_count, row = unit % row_count;
        const float *kernels = w + row * row_step + block * lanes * lane_step;
        for (int64_t phase = 0; phase < plan.phases(); phase++) {
            Vector tile[length * length] = {};
            for (int64_t p = 0; p < rows.taps(); p++)
                for (int64_t q = 0; q < columns.taps(); q++) {
                    int64_t k = rows.tap(phase / columns.stride, p);
                    int64_t l = columns.tap(phase % columns.stride, q);
                    if (k < 0 || l < 0) continue;
                    tile[rows.place(p, length) * length + columns.place(q, length)] = gathered(
                        kernels + k * layout.row + l * layout.column, lane_step);
                }
            int64_t to_block = outputs_first ? phase * blocks + block : block;
            int64_t to_row = outputs_first ? row : phase * row_count + row;
            plane_forward<length>(tile, length, [&](int f, Complex value) WIDE {
                Arithmetic<Word>::store(spectrum.at(f, to_block, to_row), value);
            });
        }
    }
}

}  // namespace ctorch::fourier
