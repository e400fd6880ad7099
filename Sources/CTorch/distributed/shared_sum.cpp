// The sum over all processes as an operation with a record, for statistics of a whole batch.
#include "group.h"

#include <torch/csrc/autograd/custom_function.h>

using namespace ctorch;

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// A process's own numbers where the exchange failed: the step that asked for them is not used.
at::Tensor summed(ctorch_group_object &group, const at::Tensor &tensor) {
    auto sum = tensor.detach().clone(at::MemoryFormat::Contiguous);
    if (!group.failure.empty()) return sum;
    int status = guarded([&] {
        TORCH_CHECK(group.backend, "the group was left");
        finish(group, begin_sum(group, sum));
    });
    if (status != 0) group.failure = ctorch_message();
    return sum;
}

// Each process's result has a share of every other's input, so its derivative is the same sum again.
struct SharedSum : torch::autograd::Function<SharedSum> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &tensor, int64_t group) {
        at::AutoDispatchBelowADInplaceOrView guard;
        context->saved_data["group"] = group;
        return summed(*reinterpret_cast<ctorch_group_object *>(group), tensor);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto group = context->saved_data["group"].toInt();
        return {SharedSum::apply(gradients[0], group), at::Tensor()};
    }
};

}  // namespace

int ctorch_group_shared_sum(ctorch_group group, ctorch_tensor tensor, ctorch_tensor *result) {
    return guarded([&] {
        *result = wrap(SharedSum::apply(unwrap(tensor), reinterpret_cast<int64_t>(group)));
    });
}

const char *ctorch_group_failure(ctorch_group group) { return group->failure.c_str(); }
