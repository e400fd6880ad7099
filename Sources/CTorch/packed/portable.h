// Products of packed weights in plain C++: the same whole sums as with instructions for them.
#pragma once

#include "../lanes.h"
#include "block.h"

namespace ctorch::packed {

typedef int32_t Integers __attribute__((vector_size(64)));

template <typename Vector> CTORCH_INLINE Vector loaded(const void *place) {
    Vector vector;
    std::memcpy(&vector, place, sizeof(vector));
    return vector;
}

CTORCH_INLINE lanes::Floats floats(const uint8_t *shorts) {
    lanes::Floats value;
    lanes::load(reinterpret_cast<const at::BFloat16 *>(shorts), value);
    return value;
}

inline float number(uint16_t bits) {
    uint32_t word = static_cast<uint32_t>(bits) << 16;
    float value;
    std::memcpy(&value, &word, sizeof(value));
    return value;
}

// One tile for some rows.
template <int rows> CTORCH_INLINE void bfloat_tile(const Block &block) {
    lanes::Floats sums[rows] = {};
    for (int64_t pair = 0; pair < block.x.inputs / 2; pair++) {
        auto words = loaded<lanes::Words>(block.tiles + pair * line);
        auto first = (lanes::Floats)(words << 16);
        auto second = (lanes::Floats)(words & 0xFFFF0000u);
        for (int r = 0; r < rows; r++) {
            auto x = block.x.shorts.data() + block.place(r) + 2 * pair;
            sums[r] += second * number(x[1]);
            sums[r] += first * number(x[0]);
        }
    }
    for (int r = 0; r < rows; r++) lanes::store(sums[r], block.y + r * block.outputs);
}

template <int rows> CTORCH_INLINE void byte_tile(const Block &block) {
    lanes::Floats sums[rows] = {};
    for (int64_t g = 0; g < block.groups(); g++) {
        Integers whole[rows];
        for (int r = 0; r < rows; r++) {
            whole[r] = Integers{} + block.x.shifts[static_cast<size_t>(block.part(r) + g)];
        }
        for (int64_t i = 0; i < group; i += 4) {
            auto words = loaded<lanes::Words>(block.tiles + (g * group + i) / 4 * line);
            for (int64_t j = 0; j < 4; j++) {
                auto codes = (Integers)((words >> static_cast<uint32_t>(8 * j)) & 255u);
                for (int r = 0; r < rows; r++) {
                    auto place = static_cast<size_t>(block.place(r) + g * group + i + j);
                    whole[r] += codes * (256 * block.x.high[place] + block.x.low[place]);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            sums[r] += __builtin_convertvector(whole[r], lanes::Floats)
                       * block.x.scales[static_cast<size_t>(block.part(r) + g)];
        }
    }
    auto scales = loaded<lanes::Floats>(block.tiles + block.tile - line);
    for (int r = 0; r < rows; r++) lanes::store(sums[r] * scales, block.y + r * block.outputs);
}

template <int rows> CTORCH_INLINE void nibble_tile(const Block &block) {
    lanes::Floats sums[rows] = {};
    for (int64_t g = 0; g < block.groups(); g++) {
        auto tile = block.tiles + g * group_bytes(Kind::nibble);
        Integers whole[rows] = {};
        for (int64_t i = 0; i < group / 2; i += 4) {
            auto words = loaded<lanes::Words>(tile + i / 4 * line);
            for (int64_t j = 0; j < 8; j++) {
                auto codes = (Integers)((words >> static_cast<uint32_t>(4 * j)) & 15u);
                auto input = g * group + i + j / 2 + j % 2 * (group / 2);
                for (int r = 0; r < rows; r++) {
                    whole[r] += codes * block.x.high[static_cast<size_t>(block.place(r) + input)];
                }
            }
        }
        auto scales = floats(tile + 8 * line), smallest = floats(tile + 8 * line + line / 2);
        for (int r = 0; r < rows; r++) {
            auto part = static_cast<size_t>(block.part(r) + g);
            sums[r] += scales
                       * (__builtin_convertvector(whole[r], lanes::Floats)
                          * block.x.scales[part]);
            sums[r] += smallest * block.x.sums[part];
        }
    }
    for (int r = 0; r < rows; r++) lanes::store(sums[r], block.y + r * block.outputs);
}

}  // namespace ctorch::packed
