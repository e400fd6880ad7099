// What this machine and this libtorch have: version, devices, threads, memory.
#include "guard.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace ctorch;

const char *ctorch_version(void) { return TORCH_VERSION; }

const char *ctorch_configuration(void) {
    static const std::string text = at::show_config();
    return text.c_str();
}

bool ctorch_processor_has_bfloat16(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

int32_t ctorch_device_count(int32_t device_kind) {
    switch (device_kind) {
    case CTORCH_CPU: return 1;
    case CTORCH_CUDA: return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0;
    case CTORCH_MPS: return at::hasMPS() ? 1 : 0;
    default: return 0;
    }
}

int ctorch_synchronize(ctorch_device device) {
    return guarded([&] {
        if (device.kind == CTORCH_CPU) return;
        c10::Device target(static_cast<c10::DeviceType>(device.kind), device.index);
        c10::impl::VirtualGuardImpl(target.type()).synchronizeDevice(target.index());
    });
}

int32_t ctorch_threads(void) { return at::get_num_threads(); }

void ctorch_set_threads(int32_t count) { at::set_num_threads(count); }

void ctorch_keep_memory(void) {
#if defined(__GLIBC__)
    // Other arenas give memory back in pieces of 64 MiB, and fetch it again each step.
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

void ctorch_release_memory(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
