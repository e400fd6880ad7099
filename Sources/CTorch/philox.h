// Philox 4x32-10, a counter-based generator: Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011. A block of four 32-bit numbers is a function of (key, stream, counter) alone.
#pragma once

#include <cstdint>

namespace ctorch {

struct PhiloxBlock {
    uint32_t word[4];
};

__attribute__((always_inline)) inline PhiloxBlock
philox(uint64_t key, uint64_t stream, uint64_t counter) {
    uint32_t k0 = static_cast<uint32_t>(key), k1 = static_cast<uint32_t>(key >> 32);
    uint32_t c0 = static_cast<uint32_t>(counter), c1 = static_cast<uint32_t>(counter >> 32);
    uint32_t c2 = static_cast<uint32_t>(stream), c3 = static_cast<uint32_t>(stream >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t a = static_cast<uint64_t>(0xD2511F53u) * c0;
        uint64_t b = static_cast<uint64_t>(0xCD9E8D57u) * c2;
        uint32_t n0 = static_cast<uint32_t>(b >> 32) ^ c1 ^ k0;
        uint32_t n2 = static_cast<uint32_t>(a >> 32) ^ c3 ^ k1;
        c1 = static_cast<uint32_t>(b);
        c3 = static_cast<uint32_t>(a);
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return {{c0, c1, c2, c3}};
}

}  // namespace ctorch
