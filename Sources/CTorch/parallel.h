// Loops over libtorch's own threads.
//
// at::parallel_for runs on one thread in code that is compiled without OpenMP, as SwiftPM compiles
// it. This one asks the OpenMP library that libtorch brings for the same threads by its interface.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>

namespace ctorch {

// Calls `body` once on every thread of libtorch, or once when there is only this one.
void on_all_threads(void (*body)(void *), void *context);

// Calls `body(begin, end)` for pieces of so many of the numbers 0 ..< count, on all threads.
template <typename Body> void in_parallel(int64_t count, int64_t piece, const Body &body) {
    struct Loop {
        const Body &body;
        int64_t count, piece;
        std::atomic<int64_t> next{0};
        std::atomic_flag failed = ATOMIC_FLAG_INIT;
        std::exception_ptr error;

        void run() {
            try {
                for (;;) {
                    int64_t begin = next.fetch_add(piece, std::memory_order_relaxed);
                    if (begin >= count) return;
                    body(begin, std::min(count, begin + piece));
                }
            } catch (...) {
                if (!failed.test_and_set()) error = std::current_exception();
            }
        }
    };
    if (count <= piece) {
        if (count > 0) body(int64_t(0), count);
        return;
    }
    Loop loop{body, count, piece};
    on_all_threads([](void *context) { static_cast<Loop *>(context)->run(); }, &loop);
    if (loop.error) std::rethrow_exception(loop.error);
}

}  // namespace ctorch
