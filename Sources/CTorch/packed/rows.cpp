// Rounds rows to the form in which packed weights meet them.
#include "rows.h"

#include "../lanes.h"
#include "../parallel.h"
#include "../vector.h"

#include <algorithm>

using namespace ctorch;
using lanes::Floats;

namespace {

typedef int32_t Integers __attribute__((vector_size(64)));
typedef int8_t Digits __attribute__((vector_size(16)));

// To the nearest, ties to even.
CTORCH_INLINE void shorten(const float *from, uint16_t *to, int64_t count) {
    for (int64_t i = 0; i < count; i += lanes::count) {
        Floats value;
        lanes::load(from + i, value);
        lanes::store(value, reinterpret_cast<at::BFloat16 *>(to + i));
    }
}

CTORCH_INLINE Integers nearest(const Floats &value) {
    const Floats zero = {};
    return (Integers)(value + 12582912.0f)  // 1.5 · 2^23 rounds to a whole number
           - (Integers)(zero + 12582912.0f);
}

struct Place {
    int8_t *high, *low;
    float *scales, *sums;
    int32_t *shifts;
};

// A row in whole numbers up to `most`, each group with a scale. One digit where there are no lower ones.
CTORCH_INLINE void round(const float *from, int64_t groups, float most, const Place &to) {
    for (int64_t g = 0; g < groups; g++) {
        Floats values[4], largest = {}, other = {};
        for (int i = 0; i < 4; i++) {
            lanes::load(from + g * packed::group + i * lanes::count, values[i]);
            largest = lanes::larger(largest, lanes::larger(values[i], -values[i]));
            other += values[i] * 0.0f;  // what is not finite stays so
        }
        float peak = 0;
        for (int i = 0; i < lanes::count; i++) peak = std::max(peak, largest[i]);
        bool isNothing = peak < 1e-30f;
        float scale = (isNothing ? 0 : peak / most) + lanes::sum(other);
        float inverse = isNothing ? 0 : most / peak;
        Integers sum = {};
        for (int i = 0; i < 4; i++) {
            Integers whole = nearest(values[i] * inverse);
            sum += whole;
            auto place = g * packed::group + i * lanes::count;
            Integers high = whole;
            if (to.low != nullptr) {
                high = (whole + 128) >> 8;
                Digits low = __builtin_convertvector(whole - (high << 8), Digits);
                std::memcpy(to.low + place, &low, sizeof(low));
            }
            Digits digits = __builtin_convertvector(high, Digits);
            std::memcpy(to.high + place, &digits, sizeof(digits));
        }
        int32_t total = 0;
        for (int i = 0; i < lanes::count; i++) total += sum[i];
        to.scales[g] = scale;
        if (to.low != nullptr) to.shifts[g] = -128 * total;
        else to.sums[g] = static_cast<float>(total) * scale;
    }
}

CTORCH_VECTOR void shorten_row(const float *from, uint16_t *to, int64_t count) {
    shorten(from, to, count);
}

CTORCH_VECTOR void round_row(const float *from, int64_t groups, float most, const Place &to) {
    round(from, groups, most, to);
}

}  // namespace

packed::Rows::Rows(const float *numbers, int64_t rows, int64_t given, Kind form)
    : kind(form), count(rows), inputs(filled(given)) {
    int64_t groups = inputs / group;
    auto size = static_cast<size_t>(count * inputs);
    auto parts = static_cast<size_t>(count * groups);
    std::vector<float> whole;
    if (given != inputs) {
        whole.resize(size);
        for (int64_t r = 0; r < rows; r++) {
            std::copy_n(numbers + r * given, given, whole.data() + r * inputs);
        }
        numbers = whole.data();
    }
    if (kind == Kind::bfloat) shorts.resize(size);
    else {
        high.resize(size);
        scales.resize(parts);
    }
    if (kind == Kind::byte) {
        low.resize(size);
        shifts.resize(parts);
    }
    if (kind == Kind::nibble) sums.resize(parts);
    in_parallel(rows, 2, [&](int64_t begin, int64_t end) {
        for (int64_t r = begin; r < end; r++) {
            auto from = numbers + r * inputs;
            if (kind == Kind::bfloat) {
                shorten_row(from, shorts.data() + r * inputs, inputs);
                continue;
            }
            bool isByte = kind == Kind::byte;
            Place to{
                high.data() + r * inputs, isByte ? low.data() + r * inputs : nullptr,
                scales.data() + r * groups, isByte ? nullptr : sums.data() + r * groups,
                isByte ? shifts.data() + r * groups : nullptr};
            round_row(from, groups, isByte ? 32512.0f : 127.0f, to);
        }
    });
}
