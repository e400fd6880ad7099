// The order of elements that the kernels walk in.
#pragma once

#include <ATen/ATen.h>

namespace ctorch {

// The tensor with its channels innermost and, where it is zero everywhere and came without, memory.
inline at::Tensor innermost(const at::Tensor &tensor) {
    auto solid = tensor._is_zerotensor() ? tensor.clone() : tensor;
    return solid.dim() == 4 ? solid.contiguous(at::MemoryFormat::ChannelsLast)
                            : solid.contiguous();
}

}  // namespace ctorch
