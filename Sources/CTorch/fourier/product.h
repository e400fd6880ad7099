// Products of complex matrices, one per frequency: six rows by thirty-two lanes in registers.
#pragma once

#include "transform.h"

namespace ctorch::fourier {

// Which factor is conjugated.
enum class Form { plain, second, first };

// Where the factors of one small block lie. A word is a complex number of two bfloat16, or a float
// with its imaginary part sixteen floats later.
struct Factors {
    const void *rows[6];  // the first word of each row of the left factor
    int64_t step;         // words from one term to the next
    int64_t run, jump;    // terms until a jump, and the words that are jumped from run to run
    int64_t runs;
    const void *columns;  // the right factor: sixteen words a term
    int64_t block;        // words from one block of sixteen columns to the next
};

template <typename Word> struct Arithmetic;

// Single precision: planes of real and imaginary parts.
template <> struct Arithmetic<float> {
    static constexpr int64_t width = 2 * lanes;

    static WIDE_INLINE void store(float *place, Complex value) {
        std::memcpy(place, &value.real, sizeof(Vector));
        std::memcpy(place + lanes, &value.imaginary, sizeof(Vector));
    }

    template <int rows, int blocks, Form form>
    static WIDE_INLINE void multiply(const Factors &factors, Complex (*sums)[blocks]) {
        Complex result[rows][blocks] = {};
        const float *left[rows];
        for (int i = 0; i < rows; i++) left[i] = static_cast<const float *>(factors.rows[i]);
        auto right = static_cast<const float *>(factors.columns);
        int64_t at = 0;
        for (int64_t run = 0; run < factors.runs; run++, at += factors.jump) {
            int64_t place = at;
            for (int64_t k = 0; k < factors.run; k++, place += factors.step, right += width) {
                Complex b[blocks];
#pragma unroll
                for (int j = 0; j < blocks; j++) {
                    std::memcpy(&b[j].real, right + j * factors.block, sizeof(Vector));
                    std::memcpy(
                        &b[j].imaginary, right + j * factors.block + lanes, sizeof(Vector));
                }
#pragma unroll
                for (int i = 0; i < rows; i++) {
                    float real = left[i][place], imaginary = left[i][place + lanes];
#pragma unroll
                    for (int j = 0; j < blocks; j++) {
                        Complex &sum = result[i][j];
                        sum.real += real * b[j].real;
                        if constexpr (form == Form::plain) sum.real -= imaginary * b[j].imaginary;
                        else sum.real += imaginary * b[j].imaginary;
                        if constexpr (form == Form::second)
                            sum.imaginary -= real * b[j].imaginary;
                        else sum.imaginary += real * b[j].imaginary;
                        if constexpr (form == Form::first) sum.imaginary -= imaginary * b[j].real;
                        else sum.imaginary += imaginary * b[j].real;
                    }
                }
            }
        }
        std::memcpy(sums, result, sizeof(result));
    }
};

// bfloat16 with sums in single precision: both parts in one word, multiplied in one instruction.
template <> struct Arithmetic<uint32_t> {
    static constexpr int64_t width = lanes;

    static WIDE_INLINE void store(uint32_t *place, Complex value) {
        // Low halves are the real parts: shorts 0 … 15 of the pair, then 16 … 31.
        auto both = (__m512i)(_mm512_cvtne2ps_pbh(
            (__m512)(value.imaginary), (__m512)(value.real)));
        alignas(64) static constexpr uint16_t order[32] = {
            0, 16, 1, 17, 2,  18, 3,  19, 4,  20, 5,  21, 6,  22, 7,  23,
            8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
        auto words = _mm512_permutexvar_epi16(_mm512_load_si512(order), both);
        _mm512_storeu_si512(place, words);
    }

    template <int rows, int blocks, Form form>
    static WIDE_INLINE void multiply(const Factors &factors, Complex (*sums)[blocks]) {
        __m512 reals[rows][blocks], imaginaries[rows][blocks];
#pragma unroll
        for (int i = 0; i < rows; i++)
#pragma unroll
            for (int j = 0; j < blocks; j++)
                reals[i][j] = imaginaries[i][j] = _mm512_setzero_ps();
        const uint32_t *left[rows];
        for (int i = 0; i < rows; i++) left[i] = static_cast<const uint32_t *>(factors.rows[i]);
        auto right = static_cast<const uint32_t *>(factors.columns);
        const auto high = _mm512_set1_epi32(static_cast<int>(0x80000000u));
        const auto low = _mm512_set1_epi32(0x8000);
        int64_t at = 0;
        for (int64_t run = 0; run < factors.runs; run++, at += factors.jump) {
            int64_t place = at;
            for (int64_t k = 0; k < factors.run; k++, place += factors.step, right += width) {
                __m512bh b[blocks], turned[blocks];
#pragma unroll
                for (int j = 0; j < blocks; j++) {
                    auto words = _mm512_loadu_si512(right + j * factors.block);
                    auto swapped = _mm512_rol_epi32(words, 16);
                    if constexpr (form == Form::plain) words = _mm512_xor_si512(words, high);
                    if constexpr (form == Form::second) swapped = _mm512_xor_si512(swapped, low);
                    if constexpr (form == Form::first) swapped = _mm512_xor_si512(swapped, high);
                    b[j] = (__m512bh)(words);
                    turned[j] = (__m512bh)(swapped);
                }
#pragma unroll
                for (int i = 0; i < rows; i++) {
                    auto a = (__m512bh)(_mm512_set1_epi32(static_cast<int>(left[i][place])));
#pragma unroll
                    for (int j = 0; j < blocks; j++) {
                        reals[i][j] = _mm512_dpbf16_ps(reals[i][j], a, b[j]);
                        imaginaries[i][j] = _mm512_dpbf16_ps(imaginaries[i][j], a, turned[j]);
                    }
                }
            }
        }
#pragma unroll
        for (int i = 0; i < rows; i++)
#pragma unroll
            for (int j = 0; j < blocks; j++)
                sums[i][j] = {(Vector)(reals[i][j]), (Vector)(imaginaries[i][j])};
    }
};

}  // namespace ctorch::fourier
