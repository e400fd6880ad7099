// Automatic differentiation and the modes of a thread.
#include "guard.h"

#include <ATen/autocast_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace ctorch;

int ctorch_gradients(
    const ctorch_tensor *outputs, const ctorch_tensor *output_gradients, int32_t output_count,
    const ctorch_tensor *inputs, int32_t input_count, bool keep_graph, bool create_graph,
    ctorch_tensor *results) {
    return guarded([&] {
        torch::autograd::variable_list roots, seeds, leaves;
        for (int32_t i = 0; i < output_count; i++) {
            roots.push_back(unwrap(outputs[i]));
            if (output_gradients) seeds.push_back(unwrap(output_gradients[i]));
        }
        for (int32_t i = 0; i < input_count; i++) leaves.push_back(unwrap(inputs[i]));
        auto gradients = torch::autograd::grad(
            roots, leaves, seeds, keep_graph || create_graph, create_graph, true);
        for (int32_t i = 0; i < input_count; i++) {
            // A derivative that is zero everywhere may come without memory: give it some.
            bool is_bare = gradients[i].defined() && gradients[i]._is_zerotensor();
            results[i] = wrap(is_bare ? gradients[i].clone() : gradients[i]);
        }
    });
}

bool ctorch_gradient_mode(void) { return at::GradMode::is_enabled(); }

void ctorch_set_gradient_mode(bool enabled) { at::GradMode::set_enabled(enabled); }

void *ctorch_begin_inference(void) { return new c10::InferenceMode(true); }

void ctorch_end_inference(void *scope) { delete static_cast<c10::InferenceMode *>(scope); }

int ctorch_get_autocast(int32_t device_kind, ctorch_autocast *result) {
    return guarded([&] {
        auto device = static_cast<at::DeviceType>(device_kind);
        result->enabled = at::autocast::is_autocast_enabled(device);
        result->dtype = static_cast<int32_t>(at::autocast::get_autocast_dtype(device));
        result->cache = at::autocast::is_autocast_cache_enabled();
    });
}

int ctorch_set_autocast(int32_t device_kind, ctorch_autocast value) {
    return guarded([&] {
        auto device = static_cast<at::DeviceType>(device_kind);
        at::autocast::set_autocast_dtype(device, static_cast<at::ScalarType>(value.dtype));
        at::autocast::set_autocast_enabled(device, value.enabled);
        at::autocast::set_autocast_cache_enabled(value.cache);
        if (!value.enabled) at::autocast::clear_cache();
    });
}
