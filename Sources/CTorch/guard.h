// Turns every C++ exception into a status and a message, and handles into tensors.
#pragma once

#include "ctorch.h"

#include <ATen/ATen.h>
#include <c10/util/Exception.h>

#include <atomic>
#include <exception>
#include <string>

namespace ctorch {

void remember(ctorch_failure kind, const std::string &message);

extern std::atomic<int64_t> live_handles;

inline at::Tensor &unwrap(ctorch_tensor handle) {
    return *reinterpret_cast<at::Tensor *>(handle);
}

inline ctorch_tensor wrap(at::Tensor tensor) {
    if (!tensor.defined()) return nullptr;
    live_handles.fetch_add(1, std::memory_order_relaxed);
    return reinterpret_cast<ctorch_tensor>(new at::Tensor(std::move(tensor)));
}

template <typename Body> int guarded(Body body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::OutOfMemoryError &error) {
        remember(CTORCH_OUT_OF_MEMORY, error.what_without_backtrace());
    } catch (const c10::Error &error) {
        // The processor's allocator has no class of its own for it.
        const std::string what = error.what_without_backtrace();
        const bool is_memory = what.find("DefaultCPUAllocator") != std::string::npos;
        remember(is_memory ? CTORCH_OUT_OF_MEMORY : CTORCH_OTHER, what);
    } catch (const std::bad_alloc &error) {
        remember(CTORCH_OUT_OF_MEMORY, error.what());
    } catch (const std::exception &error) {
        remember(CTORCH_OTHER, error.what());
    } catch (...) {
        remember(CTORCH_OTHER, "an unknown C++ exception");
    }
    return 1;
}

}  // namespace ctorch
