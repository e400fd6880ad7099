// Which operators run, how often and how long; and which of them copy pictures to another layout.
#include "guard.h"

#include <ATen/record_function.h>

#include <chrono>
#include <map>
#include <vector>

using namespace ctorch;

namespace {

using Clock = std::chrono::steady_clock;

struct Total {
    int64_t calls = 0;
    double seconds = 0;
};

// A profile is of one thread: libtorch walks a record backward on the thread that asks for it.
thread_local std::map<std::string, Total> totals;
thread_local int64_t layout_copies = 0;
thread_local at::CallbackHandle handle = at::INVALID_CALLBACK_HANDLE;

// Seconds of the calls inside the one that runs, from the outside in.
thread_local std::vector<double> inner;

struct Call : at::ObserverContext {
    Clock::time_point began = Clock::now();
};

// Whether a copy takes channels from the inside out or the other way, and not only elements to
// another type or place.
bool changes_layout(const at::RecordFunction &function) {
    if (std::string_view(function.name()) != "aten::copy_" || function.inputs().size() < 2)
        return false;
    if (!function.inputs()[0].isTensor() || !function.inputs()[1].isTensor()) return false;
    auto target = function.inputs()[0].toTensor(), source = function.inputs()[1].toTensor();
    if (!target.defined() || !source.defined() || target.dim() != 4) return false;
    if (source.sizes() != target.sizes()) return false;
    // One channel or one pixel lies the same in both orders.
    if (source.size(1) == 1 || source.size(2) * source.size(3) == 1) return false;
    return (source.stride(1) == 1) != (target.stride(1) == 1);
}

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction &function) {
    if (changes_layout(function)) layout_copies++;
    inner.push_back(0);
    return std::make_unique<Call>();
}

void end(const at::RecordFunction &function, at::ObserverContext *context) {
    auto call = static_cast<Call *>(context);
    if (call == nullptr || inner.empty()) return;
    double seconds = std::chrono::duration<double>(Clock::now() - call->began).count();
    double own = seconds - inner.back();
    inner.pop_back();
    if (!inner.empty()) inner.back() += seconds;
    auto &total = totals[function.name()];
    total.calls++;
    total.seconds += own;
}

}  // namespace

int ctorch_begin_profile(void) {
    return guarded([] {
        TORCH_CHECK(handle == at::INVALID_CALLBACK_HANDLE, "a profile is already being made");
        totals.clear();
        layout_copies = 0;
        handle = at::addThreadLocalCallback(
            at::RecordFunctionCallback(begin, end)
                .needsInputs(true)
                .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
    });
}

int64_t ctorch_end_profile(ctorch_profile_visitor visit, void *context) {
    if (handle != at::INVALID_CALLBACK_HANDLE) at::removeCallback(handle);
    handle = at::INVALID_CALLBACK_HANDLE;
    for (auto &[name, total] : totals) visit(name.c_str(), total.calls, total.seconds, context);
    return layout_copies;
}
