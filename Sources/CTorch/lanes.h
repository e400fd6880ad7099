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

// One number. Clang forgets to emit at::BFloat16's own converting constructor where clones of a
// function are the first to call it, so they convert through these.
inline void put(float value, float *place) { *place = value; }
inline void put(double value, double *place) { *place = value; }
inline void put(float value, at::BFloat16 *place) {
    place->x = c10::detail::round_to_nearest_even(value);
}

CTORCH_INLINE float sum(const Floats &value) {
    float total = 0;
    for (int lane = 0; lane < count; lane++) total += value[lane];
    return total;
}

// The same sum in four steps, for where it is made often.
CTORCH_INLINE float folded(const Floats &value) {
    typedef float Eight __attribute__((vector_size(32)));
    typedef float Four __attribute__((vector_size(16)));
    Eight eight = __builtin_shufflevector(value, value, 0, 1, 2, 3, 4, 5, 6, 7)
                  + __builtin_shufflevector(value, value, 8, 9, 10, 11, 12, 13, 14, 15);
    Four four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3)
                + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    return (four[0] + four[2]) + (four[1] + four[3]);
}

// `above` where the sign is positive, `below` elsewhere.
CTORCH_INLINE Floats chosen(const Floats &sign, const Floats &above, const Floats &below) {
    Words positive = (Words)(sign > 0);
    return (Floats)(((Words)above & positive) | ((Words)below & ~positive));
}

// The larger of two, place by place.
CTORCH_INLINE Floats larger(const Floats &a, const Floats &b) { return chosen(a - b, a, b); }

// e^x to a few units in the last place; exponents are cut at ±80, near where floats end. What is
// not a number stays so.
CTORCH_INLINE Floats exponential(const Floats &x) {
    typedef int32_t Integers __attribute__((vector_size(64)));
    const Floats zero = {};
    Floats y = larger(chosen(x - (zero + 80.0f), zero + 80.0f, x), zero - 80.0f);
    // 2^n · e^r with |r| at most half of log 2.
    Floats shifted = y * 1.44269504f + 12582912.0f;  // 1.5 · 2^23 rounds to a whole number
    Integers n = (Integers)shifted - (Integers)(zero + 12582912.0f);
    Floats whole = shifted - 12582912.0f;
    Floats r = (y - whole * 0.693359375f) + whole * 2.12194440e-4f;
    Floats power = zero + 1.0f / 5040;
    power = power * r + 1.0f / 720;
    power = power * r + 1.0f / 120;
    power = power * r + 1.0f / 24;
    power = power * r + 1.0f / 6;
    power = power * r + 0.5f;
    power = power * r + 1.0f;
    power = power * r + 1.0f;
    Words other = (Words)(x != x);
    Words found = (Words)((Integers)power + (n << 23));
    return (Floats)((found & ~other) | ((Words)x & other));
}

}  // namespace ctorch::lanes
