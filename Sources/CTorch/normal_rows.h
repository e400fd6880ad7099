// The loops of batch normalisation with leaky ReLU over rows of channels, sixteen at a time.
#pragma once

#include "lanes.h"
#include "vector.h"

namespace ctorch {

using namespace lanes;

// The factors of one channel block's pass.
struct Channels {
    const float *mean, *inverse, *scale, *shift;
};

// Σ (x − origin) and Σ (x − origin)² of rows, for `blocks` blocks of channels.
template <typename Element>
CTORCH_INLINE void add_moments(
    const Element *x, int64_t rows, int64_t stride, const float *origin, int64_t blocks,
    float *sums, float *squares) {
    for (int64_t b = 0; b < blocks; b++) {
        Floats start, sum = {}, square = {};
        load(origin + b * count, start);
        for (int64_t r = 0; r < rows; r++) {
            Floats value;
            load(x + r * stride + b * count, value);
            value -= start;
            sum += value;
            square += value * value;
        }
        store(sum, sums + b * count);
        store(square, squares + b * count);
    }
}

template <typename Element>
CTORCH_INLINE void activate(
    const Element *x, Element *y, int64_t rows, int64_t stride, int64_t blocks,
    const float *factor, const float *offset, float slope) {
    for (int64_t b = 0; b < blocks; b++) {
        Floats a, c;
        load(factor + b * count, a);
        load(offset + b * count, c);
        for (int64_t r = 0; r < rows; r++) {
            int64_t place = r * stride + b * count;
            Floats value;
            load(x + place, value);
            value = value * a + c;
            store(chosen(value, value, value * slope), y + place);
        }
    }
}

// Σ dz and Σ dz·x̂, where dz is the gradient before the activation.
template <typename Element>
CTORCH_INLINE void add_slopes(
    const Element *gradient, const Element *x, int64_t rows, int64_t stride, int64_t blocks,
    Channels channels, float slope, float *sums, float *products) {
    for (int64_t b = 0; b < blocks; b++) {
        Floats mean, inverse, scale, shift, sum = {}, product = {};
        load(channels.mean + b * count, mean);
        load(channels.inverse + b * count, inverse);
        load(channels.scale + b * count, scale);
        load(channels.shift + b * count, shift);
        for (int64_t r = 0; r < rows; r++) {
            int64_t place = r * stride + b * count;
            Floats value, upstream;
            load(x + place, value);
            load(gradient + place, upstream);
            value = (value - mean) * inverse;
            Floats before = value * scale + shift;
            upstream = chosen(before, upstream, upstream * slope);
            sum += upstream;
            product += upstream * value;
        }
        store(sum, sums + b * count);
        store(product, products + b * count);
    }
}

// dx = scale / σ · (dz − mean of dz − x̂ · mean of dz·x̂).
template <typename Element>
CTORCH_INLINE void descend(
    const Element *gradient, const Element *x, Element *result, int64_t rows, int64_t stride,
    int64_t blocks, Channels channels, float slope, const float *sums, const float *products) {
    for (int64_t b = 0; b < blocks; b++) {
        Floats mean, inverse, scale, shift, sum, product;
        load(channels.mean + b * count, mean);
        load(channels.inverse + b * count, inverse);
        load(channels.scale + b * count, scale);
        load(channels.shift + b * count, shift);
        load(sums + b * count, sum);
        load(products + b * count, product);
        Floats factor = scale * inverse;
        for (int64_t r = 0; r < rows; r++) {
            int64_t place = r * stride + b * count;
            Floats value, upstream;
            load(x + place, value);
            load(gradient + place, upstream);
            value = (value - mean) * inverse;
            Floats before = value * scale + shift;
            upstream = chosen(before, upstream, upstream * slope);
            store((upstream - sum - value * product) * factor, result + place);
        }
    }
}

// The same functions for several instruction sets: a clone cannot be a template.
#define CLONES(Element, name)                                                                    \
    CTORCH_VECTOR void moments_##name(                                                           \
        const Element *x, int64_t rows, int64_t stride, const float *origin, int64_t blocks,     \
        float *sums, float *squares) {                                                           \
        add_moments(x, rows, stride, origin, blocks, sums, squares);                             \
    }                                                                                            \
    CTORCH_VECTOR void activate_##name(                                                          \
        const Element *x, Element *y, int64_t rows, int64_t stride, int64_t blocks,              \
        const float *factor, const float *offset, float slope) {                                 \
        activate(x, y, rows, stride, blocks, factor, offset, slope);                             \
    }                                                                                            \
    CTORCH_VECTOR void slopes_##name(                                                            \
        const Element *gradient, const Element *x, int64_t rows, int64_t stride, int64_t blocks, \
        Channels channels, float slope, float *sums, float *products) {                          \
        add_slopes(gradient, x, rows, stride, blocks, channels, slope, sums, products);          \
    }                                                                                            \
    CTORCH_VECTOR void descend_##name(                                                           \
        const Element *gradient, const Element *x, Element *result, int64_t rows,                \
        int64_t stride, int64_t blocks, Channels channels, float slope, const float *sums,       \
        const float *products) {                                                                 \
        descend(gradient, x, result, rows, stride, blocks, channels, slope, sums, products);     \
    }

CLONES(float, floats)
CLONES(at::BFloat16, shorts)

template <typename Element> struct Kernels;

template <> struct Kernels<float> {
    static constexpr auto moments = moments_floats;
    static constexpr auto activate = activate_floats;
    static constexpr auto slopes = slopes_floats;
    static constexpr auto descend = descend_floats;
};

template <> struct Kernels<at::BFloat16> {
    static constexpr auto moments = moments_shorts;
    static constexpr auto activate = activate_shorts;
    static constexpr auto slopes = slopes_shorts;
    static constexpr auto descend = descend_shorts;
};

}  // namespace ctorch
