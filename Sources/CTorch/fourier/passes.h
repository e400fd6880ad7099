// The three products of a convolution's three spectra.
#pragma once

#include "../parallel.h"
#include "synthesis.h"

#include <type_traits>

namespace ctorch::fourier {

// One block of rows by one or two blocks of lanes.
template <typename Word, int rows, int blocks, Form form>
WIDE void block_product(
    const Factors &factors, const Spectrum<float> &out, int64_t f, int64_t block, int64_t row) {
    Complex sums[rows][blocks];
    Arithmetic<Word>::template multiply<rows, blocks, form>(factors, sums);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < blocks; j++)
            Arithmetic<float>::store(out.at(f, block + j, row + i), sums[i][j]);
}

template <typename Word, int rows, Form form>
void row_product(
    Factors &factors, const Spectrum<Word> &right, const Spectrum<float> &out, int64_t f,
    int64_t block, int64_t row, bool pair) {
    factors.columns = right.at(f, block, 0);
    if (pair) block_product<Word, rows, 2, form>(factors, out, f, block, row);
    else block_product<Word, rows, 1, form>(factors, out, f, block, row);
}

// out = left · right, frequency by frequency. With `turned` the left factor's lanes are the rows
// and its rows the terms.
template <typename Word, Form form, bool turned>
void multiply(
    const Spectrum<Word> &left, const Spectrum<Word> &right, const Spectrum<float> &out,
    int64_t planes) {
    constexpr int64_t width = Arithmetic<Word>::width;
    constexpr int64_t group = 96;
    int64_t groups = (out.rows + group - 1) / group;
    in_parallel(planes * groups, 1, [&](int64_t begin, int64_t end) {
        for (int64_t task = begin; task < end; task++) {
            int64_t f = task / groups, first = task % groups * group;
            int64_t last = std::min(out.rows, first + group);
            for (int64_t block = 0; block < out.blocks; block += 2)
                for (int64_t row = first; row < last;) {
                    Factors factors;
                    for (int64_t i = 0; i < 6; i++) {
                        int64_t r = std::min(row + i, last - 1);
                        factors.rows[i] = turned ? left.at(f, r / lanes, 0) + r % lanes
                                                 : left.at(f, 0, r);
                    }
                    factors.step = turned ? width : 1;
                    factors.run = turned ? left.rows : lanes;
                    factors.runs = turned ? 1 : left.blocks;
                    factors.jump = left.rows * width;
                    factors.block = right.rows * width;
                    bool pair = block + 1 < out.blocks;
                    auto take = [&]<int rows>(std::integral_constant<int, rows>) {
                        row_product<Word, rows, form>(factors, right, out, f, block, row, pair);
                        row += rows;
                    };
                    if (last - row >= 6) take(std::integral_constant<int, 6>());
                    else if (last - row >= 4) take(std::integral_constant<int, 4>());
                    else if (last - row >= 2) take(std::integral_constant<int, 2>());
                    else take(std::integral_constant<int, 1>());
                }
        }
    });
}

// The three passes for one length and one kind of word.
template <int length, typename Word> struct Passes {
    template <typename Element> static Spectrum<Word> inputs(const Plan &plan, const Element *x) {
        Spectrum<Word> result(plan.planes(), plan.windows(), plan.depth() / lanes);
        in_parallel(plan.count * plan.inputs / lanes, 4, [&](int64_t begin, int64_t end) {
            analyse_inputs<length>(plan, x, result, begin, end);
        });
        return result;
    }

    template <typename Element>
    static Spectrum<Word> outputs(const Plan &plan, const Element *y) {
        Spectrum<Word> result(plan.planes(), plan.windows(), plan.outputs / lanes);
        in_parallel(plan.count * plan.outputs / lanes, 4, [&](int64_t begin, int64_t end) {
            analyse_outputs<length>(plan, y, result, begin, end);
        });
        return result;
    }

    // With outputs first for the passes from outputs to inputs.
    static Spectrum<Word>
    kernels(const Plan &plan, const float *w, KernelLayout layout, bool outputs_first) {
        auto result = kept_kernels(plan, outputs_first, std::nullopt);
        int64_t units = outputs_first ? plan.outputs * plan.inputs / lanes
                                      : plan.inputs * plan.outputs / lanes;
        in_parallel(units, 4, [&](int64_t begin, int64_t end) {
            analyse_kernels<length>(plan, w, layout, outputs_first, result, begin, end);
        });
        return result;
    }

    // Room for kernels, or kernels that were kept.
    static Spectrum<Word>
    kept_kernels(const Plan &plan, bool outputs_first, const std::optional<at::Tensor> &kept) {
        int64_t rows = outputs_first ? plan.outputs : plan.depth();
        int64_t blocks = (outputs_first ? plan.depth() : plan.outputs) / lanes;
        return kept ? Spectrum<Word>(plan.planes(), rows, blocks, *kept)
                    : Spectrum<Word>(plan.planes(), rows, blocks);
    }

    // From inputs to outputs or, transposed, from outputs to inputs.
    template <bool transposed, typename Element>
    static void convolve(
        const Plan &plan, const Element *from, const Spectrum<Word> &right, Finish finish,
        Element *to) {
        constexpr Form form = transposed ? Form::second : Form::plain;
        auto left = transposed ? outputs(plan, from) : inputs(plan, from);
        int64_t channels = transposed ? plan.inputs : plan.outputs;
        Spectrum<float> out(plan.planes(), plan.windows(), right.blocks);
        multiply<Word, form, false>(left, right, out, plan.planes());
        in_parallel(plan.count * channels / lanes, 4, [&](int64_t begin, int64_t end) {
            if constexpr (transposed)
                synthesise_inputs<length>(plan, out, finish, to, begin, end);
            else synthesise_outputs<length>(plan, out, finish, to, begin, end);
        });
    }

    template <typename Element>
    static void kernel_gradient(
        const Plan &plan, const Element *x, const Element *y, KernelLayout layout, float *w) {
        auto left = inputs(plan, x);
        auto right = outputs(plan, y);
        Spectrum<float> out(plan.planes(), plan.depth(), plan.outputs / lanes);
        multiply<Word, Form::first, true>(left, right, out, plan.planes());
        in_parallel(plan.inputs * plan.outputs / lanes, 4, [&](int64_t begin, int64_t end) {
            synthesise_kernels<length>(plan, out, layout, w, begin, end);
        });
    }
};

}  // namespace ctorch::fourier
