// Rows of numbers in the form in which packed weights meet them.
#pragma once

#include "layout.h"

#include <vector>

namespace ctorch::packed {

// For bfloat: the numbers in bfloat16. For byte: whole numbers of two signed digits, 256 · high + low,
// with a scale for each 64, precise to 1 / 65,024 of the largest. For nibble: one digit, to 1 / 254.
struct Rows {
    Kind kind;
    int64_t count, inputs;  // inputs as filled up
    std::vector<uint16_t> shorts;
    std::vector<int8_t> high, low;
    std::vector<float> scales;  // of each row and group
    // Of each row and group: −128 times the sum of its whole numbers; or the sum of its numbers.
    std::vector<int32_t> shifts;
    std::vector<float> sums;

    Rows(const float *numbers, int64_t count, int64_t inputs, Kind kind);
};

}  // namespace ctorch::packed
