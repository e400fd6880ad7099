// Sixteen numbers at a time, loaded from and stored as floats or bfloat16, in plain C++.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <cstring>

#define CTORCH_INLINE inline __attribute__((always_inline))

namespace ctorch::lanes {

constexpr int64_t count = 16;

typedef float Floats __attribute__((vector_size(64)));
typedef uint32_t Words __attribute__((vector_size(64)));
typedef uint16_t Shorts __attribute__((vector_size(32)));

CTORCH_INLINE void load(const float *place, Floats &value) {
    std::memcpy(&value, place, sizeof(value));
}

CTORCH_INLINE void load(const at::BFloat16 *place, Floats &value) {
    Shorts shorts;
    std::memcpy(&shorts, place, sizeof(shorts));
    value = (Floats)(__builtin_convertvector(shorts, Words) << 16);
}

CTORCH_INLINE void store(const Floats &value, float *place) {
    std::memcpy(place, &value, sizeof(value));
}

CTORCH_INLINE void store(const Floats &value, at::BFloat16 *place) {
    Words words = (Words)value;
    // To the nearest, ties to even; what is not a number stays so.
    Words rounded = (words + 0x7FFFu + ((words >> 16) & 1u)) >> 16;
    Words other = (Words)(value != value);
    rounded = (rounded & ~other) | (other & 0x7FC0u);
    Shorts shorts = __builtin_convertvector(rounded, Shorts);
    std::memcpy(place, &shorts, sizeof(shorts));
}

// `above` where the sign is positive, `below` elsewhere.
CTORCH_INLINE Floats chosen(const Floats &sign, const Floats &above, const Floats &below) {
    Words positive = (Words)(sign > 0);
    return (Floats)(((Words)above & positive) | ((Words)below & ~positive));
}

}  // namespace ctorch::lanes
