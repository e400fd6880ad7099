// Bytes of pictures to numbers in one pass: byte · scale + shift.
#include "guard.h"
#include "parallel.h"
#include "vector.h"

#include <torch/library.h>

using namespace ctorch;

namespace {

CTORCH_VECTOR void
dequantise(const uint8_t *bytes, float *numbers, int64_t count, float scale, float shift) {
    // Rounded twice, as the unfused form is: 255 · 2/255 − 1 is then 1 exactly.
#pragma clang fp contract(off)
    for (int64_t i = 0; i < count; i++) numbers[i] = static_cast<float>(bytes[i]) * scale + shift;
}

at::Tensor dequantised(const at::Tensor &bytes, double scale, double shift) {
    TORCH_CHECK(bytes.scalar_type() == at::kByte, "expected bytes, found ", bytes.scalar_type());
    if (!bytes.is_cpu()) return bytes.to(at::kFloat) * scale + shift;
    // Element i of memory, whatever the layout: dense tensors need no copy.
    auto source = bytes.is_non_overlapping_and_dense() ? bytes : bytes.contiguous();
    auto result = at::empty_like(source, source.options().dtype(at::kFloat));
    auto from = source.const_data_ptr<uint8_t>();
    auto to = result.mutable_data_ptr<float>();
    in_parallel(source.numel(), 1 << 16, [&](int64_t begin, int64_t end) {
        dequantise(
            from + begin, to + begin, end - begin, static_cast<float>(scale),
            static_cast<float>(shift));
    });
    return result;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "dequantised(Tensor bytes, float scale, float shift) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, dequantised));
}
