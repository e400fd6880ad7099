// Packed weights as tensors.
//
// - bfloat: bfloat16, tiles × inputs / 2 × 32.
// - byte: uint8, tiles × bytes.
// - nibble: uint8, tiles × inputs / 64 × 576.
#pragma once

#include "layout.h"

#include <ATen/ATen.h>

namespace ctorch::packed {

inline bool is_packed(const at::Tensor &tensor) {
    return tensor.scalar_type() == at::kByte || tensor.dim() == 3;
}

// What a tensor holds; refuses shapes that no packed weights have.
inline Matrix matrix(const at::Tensor &tensor) {
    TORCH_CHECK(tensor.is_cpu() && tensor.is_contiguous(), "packed weights on the processor");
    bool isShort = tensor.scalar_type() == at::kBFloat16;
    auto kind = isShort ? Kind::bfloat : tensor.dim() == 2 ? Kind::byte : Kind::nibble;
    int64_t bytes = tensor.numel() * (isShort ? 2 : 1);
    int64_t tiles = tensor.dim() > 0 ? tensor.size(0) : 0;
    TORCH_CHECK(
        (isShort || tensor.scalar_type() == at::kByte) && (tensor.dim() == 2 || tensor.dim() == 3)
            && tiles > 0 && (kind == Kind::byte) == (tensor.dim() == 2),
        "packed weights expected, found ", tensor.scalar_type(), " ", tensor.sizes());
    int64_t own = bytes / tiles - (kind == Kind::byte ? line : 0);
    TORCH_CHECK(
        own > 0 && own % group_bytes(kind) == 0
            && (kind != Kind::nibble || tensor.size(2) == group_bytes(kind)),
        "packed weights in groups of ", group, ", found ", tensor.sizes());
    return {
        kind, static_cast<const uint8_t *>(tensor.const_data_ptr()), tiles * width,
        own / group_bytes(kind) * group};
}

}  // namespace ctorch::packed
