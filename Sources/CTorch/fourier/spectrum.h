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

    Spectrum(int64_t planes, int64_t rows, int64_t blocks) : rows(rows), blocks(blocks) {
        // Planes a power of two apart would fall on the same lines of the cache.
        stride = rows * blocks * Arithmetic<Word>::width + 5 * Arithmetic<Word>::width;
        memory = at::empty({planes * stride + lanes}, at::kFloat);
        auto address = reinterpret_cast<uintptr_t>(memory.mutable_data_ptr());
        words = reinterpret_cast<Word *>((address + 63) / 64 * 64);
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

}  // namespace ctorch::fourier
