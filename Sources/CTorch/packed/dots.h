// Products of packed weights with the instructions of AVX-512 for dot products of bytes and bfloat16.
#pragma once

#include "block.h"

#include <immintrin.h>

#include <cstring>

#define DOTS __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512bf16,fma")))
#define DOTS_INLINE inline DOTS __attribute__((always_inline))

namespace ctorch::packed::dots {

// How many bytes ahead of the sums weights are asked for.
constexpr int64_t ahead = 2048;

DOTS_INLINE __m512i spread(const void *place) {
    int32_t word;
    std::memcpy(&word, place, sizeof(word));
    return _mm512_set1_epi32(word);
}

DOTS_INLINE void ask(const uint8_t *place) {
    _mm_prefetch(reinterpret_cast<const char *>(place + ahead), _MM_HINT_T0);
}

DOTS_INLINE __m512i weights(const uint8_t *place) {
    ask(place);
    return _mm512_loadu_si512(place);
}

DOTS_INLINE __m512 shorts(const uint8_t *place) {
    auto words = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(place));
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(words), 16));
}

// Some tiles for some rows: so many sums as registers hold.
template <int rows, int tiles> DOTS_INLINE void bfloat_tiles(const Block &block) {
    __m512 sums[rows][tiles];
    const uint16_t *x[rows];
    for (int r = 0; r < rows; r++) {
        x[r] = block.x.shorts.data() + block.place(r);
        for (int t = 0; t < tiles; t++) sums[r][t] = _mm512_setzero_ps();
    }
    for (int64_t pair = 0; pair < block.x.inputs / 2; pair++) {
        __m512i w[tiles];
        for (int t = 0; t < tiles; t++) {
            w[t] = weights(block.tiles + t * block.tile + pair * line);
        }
        for (int r = 0; r < rows; r++) {
            auto both = spread(x[r] + 2 * pair);
            for (int t = 0; t < tiles; t++) {
                sums[r][t] = _mm512_dpbf16_ps(sums[r][t], (__m512bh)w[t], (__m512bh)both);
            }
        }
    }
    for (int r = 0; r < rows; r++) {
        for (int t = 0; t < tiles; t++) {
            _mm512_storeu_ps(block.y + r * block.outputs + t * width, sums[r][t]);
        }
    }
}

template <int rows, int tiles> DOTS_INLINE void byte_tiles(const Block &block) {
    __m512 sums[rows][tiles];
    for (int r = 0; r < rows; r++) {
        for (int t = 0; t < tiles; t++) sums[r][t] = _mm512_setzero_ps();
    }
    for (int64_t g = 0; g < block.groups(); g++) {
        __m512i high[rows][tiles], low[rows][tiles];
        const int8_t *first[rows], *second[rows];
        for (int r = 0; r < rows; r++) {
            first[r] = block.x.high.data() + block.place(r) + g * group;
            second[r] = block.x.low.data() + block.place(r) + g * group;
            auto shift = spread(block.x.shifts.data() + block.part(r) + g);
            for (int t = 0; t < tiles; t++) {
                high[r][t] = _mm512_setzero_si512();
                low[r][t] = shift;
            }
        }
        auto from = block.tiles + g * group_bytes(Kind::byte);
#pragma unroll 4
        for (int64_t quad = 0; quad < group / 4; quad++) {
            __m512i w[tiles];
            for (int t = 0; t < tiles; t++) w[t] = weights(from + t * block.tile + quad * line);
            for (int r = 0; r < rows; r++) {
                auto above = spread(first[r] + 4 * quad), below = spread(second[r] + 4 * quad);
                for (int t = 0; t < tiles; t++) {
                    high[r][t] = _mm512_dpbusd_epi32(high[r][t], w[t], above);
                    low[r][t] = _mm512_dpbusd_epi32(low[r][t], w[t], below);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            auto scale = _mm512_set1_ps(block.x.scales[static_cast<size_t>(block.part(r) + g)]);
            for (int t = 0; t < tiles; t++) {
                auto whole = _mm512_add_epi32(_mm512_slli_epi32(high[r][t], 8), low[r][t]);
                sums[r][t] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(whole), scale, sums[r][t]);
            }
        }
    }
    for (int t = 0; t < tiles; t++) {
        auto scales = _mm512_loadu_ps(block.tiles + (t + 1) * block.tile - line);
        for (int r = 0; r < rows; r++) {
            _mm512_storeu_ps(
                block.y + r * block.outputs + t * width, _mm512_mul_ps(sums[r][t], scales));
        }
    }
}

template <int rows, int tiles> DOTS_INLINE void nibble_tiles(const Block &block) {
    __m512 sums[rows][tiles];
    for (int r = 0; r < rows; r++) {
        for (int t = 0; t < tiles; t++) sums[r][t] = _mm512_setzero_ps();
    }
    const auto mask = _mm512_set1_epi8(15);
    for (int64_t g = 0; g < block.groups(); g++) {
        __m512i whole[rows][tiles];
        const int8_t *x[rows];
        for (int r = 0; r < rows; r++) {
            x[r] = block.x.high.data() + block.place(r) + g * group;
            for (int t = 0; t < tiles; t++) whole[r][t] = _mm512_setzero_si512();
        }
        auto from = block.tiles + g * group_bytes(Kind::nibble);
#pragma unroll 2
        for (int64_t quad = 0; quad < group / 8; quad++) {
            __m512i lower[tiles], upper[tiles];
            for (int t = 0; t < tiles; t++) {
                auto both = weights(from + t * block.tile + quad * line);
                lower[t] = _mm512_and_si512(both, mask);
                upper[t] = _mm512_and_si512(_mm512_srli_epi16(both, 4), mask);
            }
            for (int r = 0; r < rows; r++) {
                auto first = spread(x[r] + 4 * quad),
                     second = spread(x[r] + 4 * quad + group / 2);
                for (int t = 0; t < tiles; t++) {
                    whole[r][t] = _mm512_dpbusd_epi32(whole[r][t], lower[t], first);
                    whole[r][t] = _mm512_dpbusd_epi32(whole[r][t], upper[t], second);
                }
            }
        }
        __m512 scales[tiles], smallest[tiles];
        for (int t = 0; t < tiles; t++) {
            auto end = from + t * block.tile + 8 * line;
            ask(end);
            scales[t] = shorts(end);
            smallest[t] = shorts(end + line / 2);
        }
        for (int r = 0; r < rows; r++) {
            auto part = static_cast<size_t>(block.part(r) + g);
            auto scale = _mm512_set1_ps(block.x.scales[part]);
            auto sum = _mm512_set1_ps(block.x.sums[part]);
            for (int t = 0; t < tiles; t++) {
                auto scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(whole[r][t]), scale);
                sums[r][t] = _mm512_fmadd_ps(scales[t], scaled, sums[r][t]);
                sums[r][t] = _mm512_fmadd_ps(smallest[t], sum, sums[r][t]);
            }
        }
    }
    for (int r = 0; r < rows; r++) {
        for (int t = 0; t < tiles; t++) {
            _mm512_storeu_ps(block.y + r * block.outputs + t * width, sums[r][t]);
        }
    }
}

}  // namespace ctorch::packed::dots
