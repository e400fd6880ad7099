// Shares a product among threads, and chooses the code for the processor.
#include "product.h"

#include "../parallel.h"
#include "../vector.h"
#include "portable.h"

#include <algorithm>

#if defined(__x86_64__)
#include "dots.h"
#endif

using namespace ctorch;
using namespace ctorch::packed;

namespace {

// Rows that share a pass over the weights, and tiles that a thread takes at a time.
constexpr int64_t most = 8, piece = 4;

bool has_dots() {
#if defined(__x86_64__)
    static const bool found = __builtin_cpu_supports("avx512f")
                              && __builtin_cpu_supports("avx512bw")
                              && __builtin_cpu_supports("avx512vl")
                              && __builtin_cpu_supports("avx512vnni")
                              && __builtin_cpu_supports("avx512bf16")
                              && __builtin_cpu_supports("fma");
    return found;
#else
    return false;
#endif
}

template <Kind kind, int rows> CTORCH_INLINE void plain_tiles(Block block, int64_t tiles) {
    for (int64_t t = 0; t < tiles; t++) {
        if constexpr (kind == Kind::bfloat) bfloat_tile<rows>(block);
        else if constexpr (kind == Kind::byte) byte_tile<rows>(block);
        else nibble_tile<rows>(block);
        block.tiles += block.tile;
        block.y += width;
    }
}

// Four rows at a time, then one by one: their results do not depend on which.
template <Kind kind> CTORCH_INLINE void plain(Block block, int64_t rows, int64_t tiles) {
    while (rows > 0) {
        bool isMany = rows >= 4;
        if (isMany) plain_tiles<kind, 4>(block, tiles);
        else plain_tiles<kind, 1>(block, tiles);
        int64_t done = isMany ? 4 : 1;
        rows -= done;
        block.row += done;
        block.y += done * block.outputs;
    }
}

CTORCH_VECTOR void plain_bfloat(const Block &block, int64_t rows, int64_t tiles) {
    plain<Kind::bfloat>(block, rows, tiles);
}
CTORCH_VECTOR void plain_byte(const Block &block, int64_t rows, int64_t tiles) {
    plain<Kind::byte>(block, rows, tiles);
}
CTORCH_VECTOR void plain_nibble(const Block &block, int64_t rows, int64_t tiles) {
    plain<Kind::nibble>(block, rows, tiles);
}

void plain_block(Kind kind, const Block &block, int64_t rows, int64_t tiles) {
    switch (kind) {
    case Kind::bfloat: return plain_bfloat(block, rows, tiles);
    case Kind::byte: return plain_byte(block, rows, tiles);
    case Kind::nibble: return plain_nibble(block, rows, tiles);
    }
}

#if defined(__x86_64__)
template <Kind kind, int rows, int tiles> DOTS_INLINE void some_tiles(const Block &block) {
    if constexpr (kind == Kind::bfloat) dots::bfloat_tiles<rows, tiles>(block);
    else if constexpr (kind == Kind::byte) dots::byte_tiles<rows, tiles>(block);
    else dots::nibble_tiles<rows, tiles>(block);
}

template <Kind kind, int rows> DOTS void quick_rows(Block block, int64_t tiles) {
    // Two digits take two sums each.
    constexpr int sums = kind == Kind::byte ? 2 : 1;
    constexpr int together = rows * sums <= 8 ? 2 : 1;
    for (; tiles >= together; tiles -= together) {
        some_tiles<kind, rows, together>(block);
        block.tiles += together * block.tile;
        block.y += together * width;
    }
    for (; tiles > 0; tiles--) {
        some_tiles<kind, rows, 1>(block);
        block.tiles += block.tile;
        block.y += width;
    }
}

template <Kind kind> void quick(const Block &block, int64_t rows, int64_t tiles) {
    switch (rows) {
    case 1: return quick_rows<kind, 1>(block, tiles);
    case 2: return quick_rows<kind, 2>(block, tiles);
    case 3: return quick_rows<kind, 3>(block, tiles);
    case 4: return quick_rows<kind, 4>(block, tiles);
    case 5: return quick_rows<kind, 5>(block, tiles);
    case 6: return quick_rows<kind, 6>(block, tiles);
    case 7: return quick_rows<kind, 7>(block, tiles);
    default: return quick_rows<kind, 8>(block, tiles);
    }
}

void quick_block(Kind kind, const Block &block, int64_t rows, int64_t tiles) {
    switch (kind) {
    case Kind::bfloat: return quick<Kind::bfloat>(block, rows, tiles);
    case Kind::byte: return quick<Kind::byte>(block, rows, tiles);
    case Kind::nibble: return quick<Kind::nibble>(block, rows, tiles);
    }
}
#else
void quick_block(Kind, const Block &, int64_t, int64_t) {}
#endif

}  // namespace

void packed::multiply(const Rows &x, const Matrix &weight, float *y, bool plainly) {
    bool isQuick = has_dots() && !plainly;
    auto tile = weight.tile();
    in_parallel(weight.outputs / width, piece, [&](int64_t begin, int64_t end) {
        for (int64_t row = 0; row < x.count; row += most) {
            auto rows = std::min(most, x.count - row);
            Block block{
                weight.tiles + begin * tile,
                tile,
                x,
                row,
                y + row * weight.outputs + begin * width,
                weight.outputs};
            if (isQuick) quick_block(weight.kind, block, rows, end - begin);
            else plain_block(weight.kind, block, rows, end - begin);
        }
    });
}
