// From spectra back to pictures and kernels.
#pragma once

#include "analysis.h"

#include <vector>

namespace ctorch::fourier {

// Writes tiles of outputs.
template <int length, typename Element>
WIDE void synthesise_outputs(
    const Plan &plan, const Spectrum<float> &spectrum, Finish finish, Element *y, int64_t begin,
    int64_t end) {
    const Axis &rows = plan.rows, &columns = plan.columns;
    constexpr float scale = 1.0f / (length * length);
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit / plan.count, n = unit % plan.count;
        Element *picture = y + n * rows.output * columns.output * plan.outputs + block * lanes;
        Vector shift = finish.shift(block);
        for (int64_t t = 0; t < plan.tiles(); t++) {
            int64_t i = t / columns.tiles, j = t % columns.tiles;
            int64_t height = rows.outputs(i), width = columns.outputs(j);
            Vector tile[length * length];
            plane_backward<length>(
                [&](int f) WIDE {
                    const float *place = spectrum.at(f, block, n * plan.tiles() + t);
                    return Complex{loaded(place), loaded(place + lanes)};
                },
                static_cast<int>(height), tile);
            for (int64_t r = 0; r < height; r++) {
                Element *line = picture
                                + ((i * rows.tile + r) * columns.output + j * columns.tile)
                                      * plan.outputs;
                for (int64_t c = 0; c < width; c++)
                    stored(finish(tile[r * length + c] * scale, shift), line + c * plan.outputs);
            }
        }
    }
}

// Adds the windows of input gradients where they overlap.
template <int length, typename Element>
WIDE void synthesise_inputs(
    const Plan &plan, const Spectrum<float> &spectrum, Finish finish, Element *x, int64_t begin,
    int64_t end) {
    const Axis &rows = plan.rows, &columns = plan.columns;
    constexpr float scale = 1.0f / (length * length);
    int64_t blocks = plan.inputs / lanes;
    bool is_single = plan.tiles() == 1;
    int64_t area = rows.input * columns.input;
    std::vector<Vector> sums(static_cast<size_t>(is_single ? 0 : area));
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit / plan.count, n = unit % plan.count;
        Element *picture = x + n * area * plan.inputs + block * lanes;
        Vector shift = finish.shift(block);
        std::fill(sums.begin(), sums.end(), Vector{});
        for (int64_t phase = 0; phase < plan.phases(); phase++)
            for (int64_t t = 0; t < plan.tiles(); t++) {
                int64_t down = phase / columns.stride, across = phase % columns.stride;
                int64_t top = rows.window(t / columns.tiles);
                int64_t left = columns.window(t % columns.tiles);
                int64_t last = std::min<int64_t>(length, rows.elements(down) - top);
                Vector tile[length * length];
                plane_backward<length>(
                    [&](int f) WIDE {
                        const float *place = spectrum.at(
                            f, phase * blocks + block, n * plan.tiles() + t);
                        return Complex{loaded(place), loaded(place + lanes)};
                    },
                    static_cast<int>(std::max<int64_t>(last, 0)), tile);
                for (int64_t r = std::max<int64_t>(0, -top); r < last; r++)
                    for (int64_t c = std::max<int64_t>(0, -left);
                         c < std::min<int64_t>(length, columns.elements(across) - left); c++) {
                        int64_t place = ((top + r) * rows.stride + down) * columns.input
                                        + (left + c) * columns.stride + across;
                        Vector value = tile[r * length + c] * scale;
                        if (is_single)
                            stored(finish(value, shift), picture + place * plan.inputs);
                        else sums[static_cast<size_t>(place)] += value;
                    }
            }
        if (!is_single)
            for (int64_t i = 0; i < area; i++)
                stored(finish(sums[static_cast<size_t>(i)], shift), picture + i * plan.inputs);
    }
}

// Writes kernel gradients, channels of outputs innermost.
template <int length>
WIDE void synthesise_kernels(
    const Plan &plan, const Spectrum<float> &spectrum, KernelLayout layout, float *w,
    int64_t begin, int64_t end) {
    const Axis &rows = plan.rows, &columns = plan.columns;
    constexpr float scale = 1.0f / (length * length);
    for (int64_t unit = begin; unit < end; unit++) {
        int64_t block = unit / plan.inputs, input = unit % plan.inputs;
        float *kernels = w + input * layout.input + block * lanes * layout.output;
        for (int64_t phase = 0; phase < plan.phases(); phase++) {
            Vector tile[length * length];
            plane_backward<length>(
                [&](int f) WIDE {
                    const float *place = spectrum.at(f, block, phase * plan.inputs + input);
                    return Complex{loaded(place), loaded(place + lanes)};
                },
                length, tile);
            for (int64_t p = 0; p < rows.taps(); p++)
                for (int64_t q = 0; q < columns.taps(); q++) {
                    int64_t k = rows.tap(phase / columns.stride, p);
                    int64_t l = columns.tap(phase % columns.stride, q);
                    if (k < 0 || l < 0) continue;
                    Vector value = tile[rows.place(p, length) * length + columns.place(q, length)]
                                   * scale;
                    float *place = kernels + k * layout.row + l * layout.column;
                    if (layout.output == 1) stored(value, place);
                    else
                        for (int64_t lane = 0; lane < lanes; lane++)
                            place[lane * layout.output] = value[lane];
                }
        }
    }
}

}  // namespace ctorch::fourier
