// Handles: making, reading and releasing tensors.
#include "guard.h"

#include <cstring>

namespace ctorch {

std::atomic<int64_t> live_handles{0};

static thread_local std::string last_message;
static thread_local ctorch_failure last_failure = CTORCH_OTHER;

void remember(ctorch_failure kind, const std::string &message) {
    last_failure = kind;
    last_message = message;
}

}  // namespace ctorch

using namespace ctorch;

const char *ctorch_message(void) { return last_message.c_str(); }

ctorch_failure ctorch_last_failure(void) { return last_failure; }

void ctorch_release(ctorch_tensor tensor) {
    if (!tensor) return;
    live_handles.fetch_sub(1, std::memory_order_relaxed);
    delete reinterpret_cast<at::Tensor *>(tensor);
}

int64_t ctorch_live_handles(void) { return live_handles.load(std::memory_order_relaxed); }

int32_t ctorch_dimensions(ctorch_tensor tensor) {
    return static_cast<int32_t>(unwrap(tensor).dim());
}

int64_t ctorch_size(ctorch_tensor tensor, int32_t dimension) {
    return unwrap(tensor).sizes()[dimension];
}

int64_t ctorch_stride(ctorch_tensor tensor, int32_t dimension) {
    return unwrap(tensor).strides()[dimension];
}

int64_t ctorch_count(ctorch_tensor tensor) { return unwrap(tensor).numel(); }

int32_t ctorch_tensor_dtype(ctorch_tensor tensor) {
    return static_cast<int32_t>(unwrap(tensor).scalar_type());
}

ctorch_device ctorch_tensor_device(ctorch_tensor tensor) {
    auto device = unwrap(tensor).device();
    return {static_cast<int32_t>(device.type()), device.has_index() ? device.index() : 0};
}

bool ctorch_is_contiguous(ctorch_tensor tensor, bool channels_last) {
    return unwrap(tensor).is_contiguous(
        channels_last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
}

bool ctorch_requires_gradient(ctorch_tensor tensor) { return unwrap(tensor).requires_grad(); }

bool ctorch_shares_storage(ctorch_tensor a, ctorch_tensor b) {
    return unwrap(a).is_alias_of(unwrap(b));
}

int ctorch_set_requires_gradient(ctorch_tensor tensor, bool required) {
    return guarded([&] { unwrap(tensor).set_requires_grad(required); });
}

int ctorch_from_bytes(
    const void *bytes, size_t length, const int64_t *shape, int32_t dimensions, int32_t dtype,
    ctorch_tensor *result) {
    return guarded([&] {
        auto tensor = at::empty(
            at::IntArrayRef(shape, dimensions),
            at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
        TORCH_CHECK(
            tensor.nbytes() == length, "the shape needs ", tensor.nbytes(), " bytes, found ",
            length);
        if (length > 0) std::memcpy(tensor.mutable_data_ptr(), bytes, length);
        *result = wrap(tensor);
    });
}

int ctorch_copy_bytes(ctorch_tensor tensor, void *bytes, size_t length) {
    return guarded([&] {
        auto plain = unwrap(tensor).detach().to(at::kCPU).contiguous();
        TORCH_CHECK(
            plain.nbytes() == length, "the tensor has ", plain.nbytes(), " bytes, room for ",
            length);
        if (length > 0) std::memcpy(bytes, plain.const_data_ptr(), length);
    });
}
