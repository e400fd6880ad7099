// Packs weights for products with few rows, takes them apart, and multiplies with them.
#include "../guard.h"
#include "../lanes.h"
#include "../parallel.h"
#include "portable.h"
#include "product.h"
#include "tensors.h"

#include <torch/library.h>

#include <algorithm>
#include <cmath>

using namespace ctorch;
using namespace ctorch::packed;

namespace {

uint16_t bits(float value) { return c10::detail::round_to_nearest_even(value); }

// The neighbour towards +∞ or −∞, or the value itself, in bfloat16.
uint16_t beyond(float value, bool isUp) {
    uint16_t found = bits(value);
    float rounded = number(found);
    if (isUp ? rounded >= value : rounded <= value) return found;
    // Magnitudes grow with their bits.
    if (rounded == 0) return isUp ? 0x0080 : 0x8080;
    return static_cast<uint16_t>((rounded > 0) == isUp ? found + 1 : found - 1);
}

// One output's weights, in float32 and filled up with zeros, as a part of a tile.
struct Output {
    const float *weights;
    int64_t inputs;
    uint8_t *tile;
    int64_t number;  // within the tile
};

void pack_bfloat(const Output &own) {
    for (int64_t i = 0; i < own.inputs; i++) {
        auto value = bits(own.weights[i]);
        std::memcpy(
            own.tile + i / 2 * line + 4 * own.number + 2 * (i % 2), &value, sizeof(value));
    }
}

bool pack_byte(const Output &own) {
    float largest = 0;
    for (int64_t i = 0; i < own.inputs; i++)
        largest = std::max(largest, std::abs(own.weights[i]));
    float scale = largest / 127;
    if (scale < 1e-37f) scale = 0;
    for (int64_t i = 0; i < own.inputs; i++) {
        float code = scale > 0 ? std::nearbyint(own.weights[i] / scale) : 0;
        code = std::clamp(code, -127.0f, 127.0f);
        own.tile[i / 4 * line + 4 * own.number + i % 4] = static_cast<uint8_t>(128 + code);
    }
    std::memcpy(own.tile + own.inputs / 4 * line + 4 * own.number, &scale, sizeof(scale));
    return std::isfinite(scale);
}

bool pack_nibble(const Output &own, int64_t given) {
    for (int64_t g = 0; g < own.inputs / group; g++) {
        auto from = own.weights + g * group;
        auto tile = own.tile + g * group_bytes(Kind::nibble);
        // What fills the group up does not widen it: rows are zero there.
        auto end = from + std::min(group, given - g * group);
        uint16_t low = beyond(*std::min_element(from, end), false);
        float smallest = number(low), largest = *std::max_element(from, end);
        uint16_t step = beyond((largest - smallest) / 15, true);
        float scale = number(step);
        if (scale < 1e-37f) scale = 0, step = 0;
        if (!std::isfinite(smallest) || !std::isfinite(scale)) return false;
        for (int64_t i = 0; i < group; i++) {
            float code = scale > 0 ? std::nearbyint((from[i] - smallest) / scale) : 0;
            auto whole = static_cast<uint8_t>(std::clamp(code, 0.0f, 15.0f));
            auto half = i % (group / 2);
            auto &byte = tile[half / 4 * line + 4 * own.number + half % 4];
            byte = static_cast<uint8_t>(i < group / 2 ? whole : byte | whole << 4);
        }
        std::memcpy(tile + 8 * line + 2 * own.number, &step, sizeof(step));
        std::memcpy(tile + 8 * line + line / 2 + 2 * own.number, &low, sizeof(low));
    }
    return true;
}

at::Tensor packed_weight(const at::Tensor &weight, int64_t places) {
    TORCH_CHECK(
        weight.dim() == 2 && weight.is_cpu() && weight.size(1) > 0,
        "outputs × inputs on the processor, found ", weight.sizes());
    int64_t outputs = weight.size(0), given = weight.size(1), inputs = filled(given);
    TORCH_CHECK(
        outputs > 0 && outputs % width == 0, "outputs in multiples of ", width, ", found ",
        outputs);
    TORCH_CHECK(places == 16 || places == 8 || places == 4, "16, 8 or 4 bits, found ", places);
    auto kind = places == 16 ? Kind::bfloat : places == 8 ? Kind::byte : Kind::nibble;
    int64_t tiles = outputs / width, tile = tile_bytes(kind, inputs);
    at::Tensor result;
    switch (kind) {
    case Kind::bfloat: result = at::empty({tiles, inputs / 2, 32}, at::kBFloat16); break;
    case Kind::byte: result = at::empty({tiles, tile}, at::kByte); break;
    case Kind::nibble:
        result = at::empty({tiles, inputs / group, group_bytes(kind)}, at::kByte);
        break;
    }
    auto to = static_cast<uint8_t *>(result.mutable_data_ptr());
    in_parallel(tiles, 4, [&](int64_t begin, int64_t end) {
        auto some = weight.slice(0, begin * width, end * width).to(at::kFloat).contiguous();
        auto from = some.const_data_ptr<float>();
        std::vector<float> row(static_cast<size_t>(inputs));
        for (int64_t o = begin * width; o < end * width; o++, from += given) {
            std::copy_n(from, given, row.begin());
            Output own{row.data(), inputs, to + o / width * tile, o % width};
            if (kind == Kind::bfloat) {
                pack_bfloat(own);
                continue;
            }
            for (int64_t i = 0; i < given; i++) {
                TORCH_CHECK(
                    std::isfinite(from[i]), "weight ", o, ", ", i, " is ", from[i],
                    ": it has no place in ", places, " bits");
            }
            bool fits = kind == Kind::byte ? pack_byte(own) : pack_nibble(own, given);
            TORCH_CHECK(fits, "weights of row ", o, " are too large for ", places, " bits");
        }
    });
    return result;
}

at::Tensor unpacked_weight(const at::Tensor &packed, int64_t given) {
    auto found = matrix(packed);
    TORCH_CHECK(
        given > 0 && filled(given) == found.inputs, "inputs up to ", found.inputs, ", found ",
        given);
    auto result = at::empty({found.outputs, given}, at::kFloat);
    auto to = result.mutable_data_ptr<float>();
    for (int64_t o = 0; o < found.outputs; o++) {
        auto tile = found.tiles + o / width * found.tile();
        auto n = o % width;
        for (int64_t i = 0; i < given; i++) {
            float value = 0;
            switch (found.kind) {
            case Kind::bfloat: {
                uint16_t own;
                std::memcpy(&own, tile + i / 2 * line + 4 * n + 2 * (i % 2), sizeof(own));
                value = number(own);
                break;
            }
            case Kind::byte: {
                float scale;
                std::memcpy(&scale, tile + found.tile() - line + 4 * n, sizeof(scale));
                value = scale * static_cast<float>(tile[i / 4 * line + 4 * n + i % 4] - 128);
                break;
            }
            case Kind::nibble: {
                auto own = tile + i / group * group_bytes(Kind::nibble);
                uint16_t scale, smallest;
                std::memcpy(&scale, own + 8 * line + 2 * n, sizeof(scale));
                std::memcpy(&smallest, own + 8 * line + line / 2 + 2 * n, sizeof(smallest));
                auto half = i % (group / 2);
                auto byte = own[half / 4 * line + 4 * n + half % 4];
                auto code = i % group < group / 2 ? byte & 15 : byte >> 4;
                value = number(smallest) + number(scale) * static_cast<float>(code);
                break;
            }
            }
            to[o * given + i] = value;
        }
    }
    return result;
}

at::Tensor packed_product(const at::Tensor &rows, const at::Tensor &weight, bool plainly) {
    auto found = matrix(weight);
    TORCH_CHECK(
        rows.dim() == 2 && rows.is_cpu() && filled(rows.size(1)) == found.inputs,
        "rows of up to ", found.inputs, " numbers, found ", rows.sizes());
    auto numbers = rows.to(at::kFloat).contiguous();
    auto result = at::empty({rows.size(0), found.outputs}, at::kFloat);
    Rows x(numbers.const_data_ptr<float>(), rows.size(0), rows.size(1), found.kind);
    multiply(x, found, result.mutable_data_ptr<float>(), plainly);
    return result;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    auto here = c10::DispatchKey::CompositeExplicitAutograd;
    library.def(
        "packed(Tensor weight, int bits) -> Tensor", torch::dispatch(here, packed_weight));
    library.def(
        "unpacked(Tensor packed, int inputs) -> Tensor", torch::dispatch(here, unpacked_weight));
    library.def(
        "packed_product(Tensor rows, Tensor packed, bool plainly) -> Tensor",
        torch::dispatch(here, packed_product));
}
