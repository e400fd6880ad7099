// NCCL, the transport for NVIDIA's graphics cards: only with a libtorch for CUDA, and with NCCL's and
// CUDA's headers, when -DUSE_C10D_NCCL is given. No machine with two such cards was at hand to run it.
#include "group.h"

#if defined(USE_C10D_NCCL) && __has_include(<nccl.h>) && __has_include(<cuda_runtime_api.h>)
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

bool ctorch::has_nccl() { return true; }

c10::intrusive_ptr<c10d::Backend> ctorch::open_nccl(
    const c10::intrusive_ptr<c10d::Store> &store, const ctorch_group_place &place,
    Milliseconds timeout) {
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, place.rank, place.count, options);
}

#else

bool ctorch::has_nccl() { return false; }

c10::intrusive_ptr<c10d::Backend> ctorch::open_nccl(
    const c10::intrusive_ptr<c10d::Store> &, const ctorch_group_place &, Milliseconds) {
    TORCH_CHECK(false, "this program was built without NCCL");
}

#endif
