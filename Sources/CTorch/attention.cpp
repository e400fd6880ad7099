// Attention of one query to keys and values that lie in order, each read once.
#include "attention.h"

#include "lanes.h"
#include "vector.h"

#include <algorithm>
#include <cmath>

using namespace ctorch;
using lanes::Floats;

namespace {

// Products of a query with some keys that follow each other.
template <int places, typename Element>
CTORCH_INLINE void
score(const float *query, const Element *keys, float *scores, int64_t head, float scale) {
    Floats sums[places] = {};
    for (int64_t i = 0; i < head; i += lanes::count) {
        Floats number;
        lanes::load(query + i, number);
        for (int64_t p = 0; p < places; p++) {
            Floats key;
            lanes::load(keys + p * head + i, key);
            sums[p] += number * key;
        }
    }
    for (int64_t p = 0; p < places; p++) scores[p] = lanes::folded(sums[p]) * scale;
}

// The weighted sum of some sixteens of numbers of all values.
template <int blocks, typename Element>
CTORCH_INLINE void
mix(const float *shares, const Element *values, float *result, int64_t count, int64_t head,
    float scale) {
    Floats sums[blocks] = {};
    for (int64_t p = 0; p < count; p++) {
        for (int64_t b = 0; b < blocks; b++) {
            Floats value;
            lanes::load(values + p * head + b * lanes::count, value);
            sums[b] += value * shares[p];
        }
    }
    for (int64_t b = 0; b < blocks; b++) lanes::store(sums[b] * scale, result + b * lanes::count);
}

template <typename Element>
CTORCH_INLINE void look(
    const float *query, const Element *keys, const Element *values, float *result, float *scores,
    int64_t count, int64_t head) {
    float scale = 1.0f / std::sqrt(static_cast<float>(head));
    int64_t p = 0;
    for (; p + 4 <= count; p += 4) score<4>(query, keys + p * head, scores + p, head, scale);
    for (; p < count; p++) score<1>(query, keys + p * head, scores + p, head, scale);
    float largest = -INFINITY;
    for (int64_t i = 0; i < count; i++) largest = std::max(largest, scores[i]);
    for (; p % lanes::count != 0; p++) scores[p] = 0;
    Floats totals = {};
    for (int64_t i = 0; i < count; i += lanes::count) {
        Floats own;
        lanes::load(scores + i, own);
        own = lanes::exponential(own - largest);
        lanes::store(own, scores + i);
        if (i + lanes::count <= count) totals += own;
    }
    float total = lanes::folded(totals);
    for (int64_t i = count / lanes::count * lanes::count; i < count; i++) total += scores[i];
    float share = 1 / total;
    for (int64_t i = 0; i < head;) {
        auto left = (head - i) / lanes::count;
        if (left >= 8) mix<8>(scores, values + i, result + i, count, head, share), i += 128;
        else if (left >= 4) mix<4>(scores, values + i, result + i, count, head, share), i += 64;
        else mix<1>(scores, values + i, result + i, count, head, share), i += 16;
    }
}

CTORCH_VECTOR void look_any(
    const float *query, const float *keys, const float *values, float *result, float *scores,
    int64_t count, int64_t head) {
    look(query, keys, values, result, scores, count, head);
}

CTORCH_VECTOR void look_any(
    const float *query, const at::BFloat16 *keys, const at::BFloat16 *values, float *result,
    float *scores, int64_t count, int64_t head) {
    look(query, keys, values, result, scores, count, head);
}

}  // namespace

void ctorch::attend(
    const float *query, const float *keys, const float *values, float *result, float *scores,
    int64_t count, int64_t head) {
    look_any(query, keys, values, result, scores, count, head);
}

void ctorch::attend(
    const float *query, const at::BFloat16 *keys, const at::BFloat16 *values, float *result,
    float *scores, int64_t count, int64_t head) {
    look_any(query, keys, values, result, scores, count, head);
}
