// Where spectra lie in memory, and how vectors come and go.
#pragma once

#include "product.h"

#include <ATen/ATen.h>

namespace ctorch::fourier {

// A matrix per frequency: rows by blocks of sixteen lanes, frequency by frequency.
template <typename Word> struct Spectrum {
    int64_t rows, blocks, stride;
    at::Tensor memory;
    Word *words;

    Spectrum(int64_t planes, int64_t rows, int64_t blocks)
        : Spectrum(planes, rows, blocks, at::empty({size(planes, rows, blocks)}, at::kFloat)) {}

    // A spectrum that was kept.
    Spectrum(int64_t planes, int64_t rows, int64_t blocks, at::Tensor kept)
        : rows(rows), blocks(blocks), stride(gap(rows, blocks)), memory(std::move(kept)) {
        TORCH_CHECK(
            memory.numel() == size(planes, rows, blocks), "a spectrum of ",
            size(planes, rows, blocks), " words, found ", memory.numel());
        auto address = reinterpret_cast<uintptr_t>(memory.mutable_data_ptr());
        words = reinterpret_cast<Word *>((address + 63) / 64 * 64);
    }

    // Planes a power of two apart would fall on the same lines of the cache.
    static int64_t gap(int64_t rows, int64_t blocks) {
        return (rows * blocks + 5) * Arithmetic<Word>::width;
    }

    static int64_t size(int64_t planes, int64_t rows, int64_t blocks) {
        return planes * gap(rows, blocks) + lanes;
    }

    Word *at(int64_t plane, int64_t block, int64_t row) const {
        return words + plane * stride + (block * rows + row) * Arithmetic<Word>::width;
    }
};

WIDE_INLINE Vector loaded(const float *place) {
    Vector result;
    std::memcpy(&result, place, sizeof(result));
    return result;
}

WIDE_INLINE Vector loaded(const at::BFloat16 *place) {
    auto shorts = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(place));
    return (Vector)(_mm512_slli_epi32(_mm512_cvtepu16_epi32(shorts), 16));
}

WIDE_INLINE void stored(Vector value, float *place) { std::memcpy(place, &value, sizeof(value)); }

WIDE_INLINE void stored(Vector value, at::BFloat16 *place) {
    auto shorts = (__m256i)(_mm512_cvtneps_pbh((__m512)(value)));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(place), shorts);
}

// What is done with a result before it is stored.
struct Finish {
    const float *bias = nullptr;
    float slope = 1;  // of a leaky ReLU; 1 for none

    WIDE_INLINE Vector shift(int64_t block) const {
        return bias != nullptr ? loaded(bias + block * lanes) : Vector{};
    }

    WIDE_INLINE Vector operator()(Vector value, Vector shift) const {
        value += shift;
        return value > 0 ? value : value * slope;
    }
};

}  // namespace ctorch::fourier
