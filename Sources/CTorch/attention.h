// Attention of one query to keys and values that lie in order.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace ctorch {

// Scores of one query, their softmax, and the weighted sum of values. `scores` has room for `count`
// numbers and fifteen more; heads have numbers in multiples of sixteen.
void attend(
    const float *query, const float *keys, const float *values, float *result, float *scores,
    int64_t count, int64_t head);
void attend(
    const float *query, const at::BFloat16 *keys, const at::BFloat16 *values, float *result,
    float *scores, int64_t count, int64_t head);

}  // namespace ctorch
