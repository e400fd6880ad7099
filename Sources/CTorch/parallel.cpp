#include "parallel.h"

#include <ATen/Parallel.h>

#include <dlfcn.h>

namespace {

using Fork = void (*)(void (*)(void *), void *, unsigned, unsigned);

// GNU's entry to a parallel region, which LLVM's library has too on Linux.
Fork fork_of_openmp() {
    static const Fork found = reinterpret_cast<Fork>(dlsym(RTLD_DEFAULT, "GOMP_parallel"));
    return found;
}

}  // namespace

void ctorch::on_all_threads(void (*body)(void *), void *context) {
    int threads = at::get_num_threads();
    auto fork = fork_of_openmp();
    if (threads <= 1 || fork == nullptr || at::in_parallel_region()) {
        body(context);
        return;
    }
    fork(body, context, static_cast<unsigned>(threads), 0);
}
