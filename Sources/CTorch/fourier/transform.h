// Discrete Fourier transforms of short lengths, of sixteen channels at a time.
//
// Source: the definition, with the terms for k and length − k shared: sums meet cosines,
// differences meet sines.
#pragma once

#include "plan.h"

#include <immintrin.h>

#include <cstring>

// Functions for processors with AVX-512; they are called only where it was found.
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma")))
#define WIDE_INLINE inline WIDE __attribute__((always_inline))

namespace ctorch::fourier {

typedef float Vector __attribute__((vector_size(64)));

// A complex number per lane.
struct Complex {
    Vector real, imaginary;
};

constexpr double sine(double x) {
    double term = x, sum = x;
    for (int i = 1; i < 24; i++) {
        term *= -x * x / ((2 * i) * (2 * i + 1));
        sum += term;
    }
    return sum > -1e-14 && sum < 1e-14 ? 0 : sum;
}

// Sines and cosines of 2πk / length.
template <int length> struct Circle {
    float sines[length], cosines[length];

    constexpr Circle() : sines(), cosines() {
        constexpr double pi = 3.14159265358979323846;
        for (int k = 0; k < length; k++) {
            // The nearest angle to zero, so that the series needs few terms.
            int near = 2 * k > length ? k - length : k;
            sines[k] = static_cast<float>(sine(2 * pi * near / length));
            cosines[k] = static_cast<float>(sine(pi / 2 - 2 * pi * near / length));
        }
    }
};

template <int length> constexpr Circle<length> circle{};

template <int length, typename Term>
WIDE_INLINE void add_cosine(Term &sum, Term value, int turn) {
    float factor = circle<length>.cosines[turn % length];
    if (factor == 1) sum += value;
    else if (factor == -1) sum -= value;
    else if (factor != 0) sum += factor * value;
}

template <int length, typename Term> WIDE_INLINE void add_sine(Term &sum, Term value, int turn) {
    float factor = circle<length>.sines[turn % length];
    if (factor == 1) sum += value;
    else if (factor == -1) sum -= value;
    else if (factor != 0) sum += factor * value;
}

// y_k = Σ_j x_j e^(−2πi·jk / length), k = 0 … length / 2, of real x.
template <int length> WIDE_INLINE void real_forward(const Vector *x, Complex *y) {
    constexpr int pairs = (length - 1) / 2;
    Vector sums[pairs + 1], differences[pairs + 1];
#pragma unroll
    for (int j = 1; j <= pairs; j++) {
        sums[j] = x[j] + x[length - j];
        differences[j] = x[length - j] - x[j];
    }
#pragma unroll
    for (int k = 0; k <= length / 2; k++) {
        Vector real = x[0], imaginary = {};
        if constexpr (length % 2 == 0)
            real = k % 2 == 0 ? real + x[length / 2] : real - x[length / 2];
#pragma unroll
        for (int j = 1; j <= pairs; j++) {
            add_cosine<length>(real, sums[j], j * k);
            add_sine<length>(imaginary, differences[j], j * k);
        }
        y[k] = {real, imaginary};
    }
}

// x_j = Σ_k y_k e^(+2πi·jk / length), j = 0 ..< length, of half a mirrored spectrum.
template <int length> WIDE_INLINE void real_backward(const Complex *y, Vector *x) {
    constexpr int pairs = (length - 1) / 2;
    Vector reals[pairs + 1], imaginaries[pairs + 1];
#pragma unroll
    for (int k = 1; k <= pairs; k++) {
        reals[k] = y[k].real + y[k].real;
        imaginaries[k] = y[k].imaginary + y[k].imaginary;
    }
#pragma unroll
    for (int j = 0; j <= length / 2; j++) {
        Vector even = y[0].real, odd = {};
        if constexpr (length % 2 == 0)
            even = j % 2 == 0 ? even + y[length / 2].real : even - y[length / 2].real;
#pragma unroll
        for (int k = 1; k <= pairs; k++) {
            add_cosine<length>(even, reals[k], j * k);
            add_sine<length>(odd, imaginaries[k], j * k);
        }
        x[j] = even - odd;
        if (j > 0 && j <= pairs) x[length - j] = even + odd;
    }
}

// y_k = Σ_j x_j e^(∓2πi·jk / length), k = 0 ..< length; the sign is minus when `forward`.
// `step` is the distance between elements, of both arrays.
template <int length, bool forward>
WIDE_INLINE void complex_transform(const Complex *x, int step, Complex *y) {
    constexpr int pairs = (length - 1) / 2;
    Complex sums[pairs + 1], differences[pairs + 1];
#pragma unroll
    for (int j = 1; j <= pairs; j++) {
        Complex a = x[j * step], b = x[(length - j) * step];
        sums[j] = {a.real + b.real, a.imaginary + b.imaginary};
        differences[j] = {a.real - b.real, a.imaginary - b.imaginary};
    }
    Complex start = x[0], middle = {};
    if constexpr (length % 2 == 0) middle = x[length / 2 * step];
#pragma unroll
    for (int k = 0; k <= length / 2; k++) {
        Complex even = start, odd = {};
        if constexpr (length % 2 == 0) {
            even.real = k % 2 == 0 ? even.real + middle.real : even.real - middle.real;
            even.imaginary = k % 2 == 0 ? even.imaginary + middle.imaginary
                                        : even.imaginary - middle.imaginary;
        }
#pragma unroll
        for (int j = 1; j <= pairs; j++) {
            add_cosine<length>(even.real, sums[j].real, j * k);
            add_cosine<length>(even.imaginary, sums[j].imaginary, j * k);
            add_sine<length>(odd.real, differences[j].real, j * k);
            add_sine<length>(odd.imaginary, differences[j].imaginary, j * k);
        }
        Complex minus = {even.real + odd.imaginary, even.imaginary - odd.real};
        Complex plus = {even.real - odd.imaginary, even.imaginary + odd.real};
        y[k] = forward ? minus : plus;
        if (k > 0 && k <= pairs) y[length - k] = forward ? plus : minus;
    }
}

// Both dimensions of a tile. Rows from `filled` on are zeros. `store(f, value)` takes frequency f.
template <int length, typename Store>
WIDE_INLINE void plane_forward(const Vector *tile, int filled, Store store) {
    constexpr int half = length / 2 + 1;
    constexpr int mirrored = length % 2 == 0 ? half - 1 : half;
    Complex rows[length * half];
    for (int row = 0; row < filled; row++)
        real_forward<length>(tile + row * length, rows + row * half);
    if (filled < length)
        std::memset(
            static_cast<void *>(rows + filled * half), 0,
            sizeof(Complex) * half * static_cast<size_t>(length - filled));
    int f = 0;
    // The outer columns of a real tile's spectrum are spectra of real columns.
    auto real_column = [&](int column) WIDE {
        Vector values[length];
        Complex found[half];
#pragma unroll
        for (int row = 0; row < length; row++) values[row] = rows[row * half + column].real;
        real_forward<length>(values, found);
#pragma unroll
        for (int k = 0; k < half; k++) store(f++, found[k]);
    };
    real_column(0);
    for (int column = 1; column < mirrored; column++) {
        Complex found[length];
        complex_transform<length, true>(rows + column, half, found);
#pragma unroll
        for (int k = 0; k < length; k++) store(f++, found[k]);
    }
    if constexpr (length % 2 == 0) real_column(half - 1);
}

// The tile, times length², of frequencies that `load(f)` gives; only the first `wanted` rows.
template <int length, typename Load>
WIDE_INLINE void plane_backward(Load load, int wanted, Vector *tile) {
    constexpr int half = length / 2 + 1;
    constexpr int mirrored = length % 2 == 0 ? half - 1 : half;
    Complex rows[length * half];
    int f = 0;
    auto real_column = [&](int column) WIDE {
        Complex given[half];
        Vector found[length];
#pragma unroll
        for (int k = 0; k < half; k++) given[k] = load(f++);
        real_backward<length>(given, found);
#pragma unroll
        for (int row = 0; row < length; row++) rows[row * half + column] = {found[row], Vector{}};
    };
    real_column(0);
    for (int column = 1; column < mirrored; column++) {
        Complex given[length], found[length];
#pragma unroll
        for (int k = 0; k < length; k++) given[k] = load(f++);
        complex_transform<length, false>(given, 1, found);
#pragma unroll
        for (int row = 0; row < length; row++) rows[row * half + column] = found[row];
    }
    if constexpr (length % 2 == 0) real_column(half - 1);
    for (int row = 0; row < wanted; row++)
        real_backward<length>(rows + row * half, tile + row * length);
}

}  // namespace ctorch::fourier
