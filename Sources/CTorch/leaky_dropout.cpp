// Leaky ReLU followed by dropout in one pass, with masks made in registers from a counter.
//
// The output alone tells its own derivative: dropped elements are +0, kept ones that were not
// positive carry the sign bit. So nothing but the output is kept for the backward pass.
#include "guard.h"
#include "lanes.h"
#include "parallel.h"
#include "philox.h"
#include "vector.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>

using namespace ctorch;

namespace {

// Elements that share one pass over a block of random words: two 16-bit numbers a word.
constexpr int64_t blocksPerChunk = 32;
constexpr int64_t chunk = blocksPerChunk * 8;

CTORCH_VECTOR void
random_chunk(uint64_t key, uint64_t stream, uint64_t counter, uint32_t *words) {
    for (int64_t i = 0; i < blocksPerChunk; i++) {
        auto block = philox(key, stream, counter + static_cast<uint64_t>(i));
        for (int j = 0; j < 4; j++) words[j * blocksPerChunk + i] = block.word[j];
    }
}

// Element i of a chunk reads half `i / 128` of word `i % 128`.
template <typename Element>
inline void forward_chunk(
    const Element *x, Element *y, int64_t count, float slope, float scale, uint32_t threshold,
    const uint32_t *words) {
    constexpr int64_t half = chunk / 2;
    for (int64_t part = 0; part < 2; part++) {
        int64_t begin = part * half, end = std::min(count, begin + half);
        int shift = part == 0 ? 0 : 16;
        for (int64_t i = begin; i < end; i++) {
            float value = static_cast<float>(x[i]);
            // A zero that is kept gets the sign bit, as every other element that is not positive.
            float leaky = value > 0 ? value * scale : -std::fabs(value * (slope * scale));
            bool kept = ((words[i - begin] >> shift) & 0xFFFFu) >= threshold;
            lanes::put(kept ? leaky : 0.0f, y + i);
        }
    }
}

CTORCH_VECTOR void forward_floats(
    const float *x, float *y, int64_t count, float slope, float scale, uint32_t threshold,
    const uint32_t *words) {
    forward_chunk(x, y, count, slope, scale, threshold, words);
}

CTORCH_VECTOR void forward_shorts(
    const at::BFloat16 *x, at::BFloat16 *y, int64_t count, float slope, float scale,
    uint32_t threshold, const uint32_t *words) {
    forward_chunk(x, y, count, slope, scale, threshold, words);
}

void forward_any(
    const float *x, float *y, int64_t n, double slope, double scale, uint32_t threshold,
    const uint32_t *words) {
    forward_floats(
        x, y, n, static_cast<float>(slope), static_cast<float>(scale), threshold, words);
}

void forward_any(
    const at::BFloat16 *x, at::BFloat16 *y, int64_t n, double slope, double scale,
    uint32_t threshold, const uint32_t *words) {
    forward_shorts(
        x, y, n, static_cast<float>(slope), static_cast<float>(scale), threshold, words);
}

void forward_any(
    const double *x, double *y, int64_t n, double slope, double scale, uint32_t threshold,
    const uint32_t *words) {
    for (int64_t i = 0; i < n; i++) {
        bool kept = ((words[i % (chunk / 2)] >> (i < chunk / 2 ? 0 : 16)) & 0xFFFFu) >= threshold;
        double leaky = x[i] > 0 ? x[i] * scale : -std::fabs(x[i] * slope * scale);
        y[i] = kept ? leaky : 0.0;
    }
}

CTORCH_VECTOR void backward_floats(
    const float *gradient, const float *y, float *result, int64_t count, float slope,
    float scale) {
    for (int64_t i = 0; i < count; i++) {
        float factor = y[i] > 0 ? scale : (std::signbit(y[i]) ? slope * scale : 0.0f);
        result[i] = gradient[i] * factor;
    }
}

template <typename Element>
void backward_any(
    const Element *gradient, const Element *y, Element *result, int64_t count, double slope,
    double scale) {
    for (int64_t i = 0; i < count; i++) {
        double value = static_cast<double>(y[i]);
        double factor = value > 0 ? scale : (std::signbit(value) ? slope * scale : 0.0);
        result[i] = static_cast<Element>(static_cast<double>(gradient[i]) * factor);
    }
}

template <>
void backward_any<float>(
    const float *gradient, const float *y, float *result, int64_t count, double slope,
    double scale) {
    backward_floats(
        gradient, y, result, count, static_cast<float>(slope), static_cast<float>(scale));
}

struct Rate {
    uint32_t threshold;
    double scale;

    // The rate in steps of 1/65,536, and the scale that keeps the mean exact for that step.
    explicit Rate(double rate)
        : threshold(static_cast<uint32_t>(std::lround(rate * 65536.0))),
          scale(1.0 / (1.0 - threshold / 65536.0)) {}
};

at::Tensor leaky_dropout_forward(
    const at::Tensor &x, double slope, double rate, int64_t key, int64_t stream,
    int64_t counter) {
    TORCH_CHECK(rate >= 0 && rate < 1, "a dropout rate in 0 ..< 1, found ", rate);
    TORCH_CHECK(slope > 0, "a slope above 0, found ", slope);
    if (!x.is_cpu()) {
        // Elsewhere the mask is the processor's, so that a seed means the same on every device.
        auto ones = at::ones_like(x, x.options().device(at::kCPU));
        auto mask = leaky_dropout_forward(ones, slope, rate, key, stream, counter).to(x.device());
        auto leaky = at::where(x > 0, x, -at::abs(x * slope));
        return at::where(mask > 0, leaky * Rate(rate).scale, at::zeros({}, x.options()));
    }
    Rate kept(rate);
    // Element i of memory, whatever the layout: dense tensors need no copy.
    auto input = x.is_non_overlapping_and_dense() ? x : x.contiguous();
    auto result = at::empty_like(input);
    int64_t count = input.numel(), chunks = (count + chunk - 1) / chunk;
    auto run = [&]<typename Element>(Element) {
        auto source = input.const_data_ptr<Element>();
        auto target = result.mutable_data_ptr<Element>();
        in_parallel(chunks, 32, [&](int64_t begin, int64_t end) {
            uint32_t words[blocksPerChunk * 4];
            for (int64_t i = begin; i < end; i++) {
                random_chunk(
                    static_cast<uint64_t>(key), static_cast<uint64_t>(stream),
                    static_cast<uint64_t>(counter + i * blocksPerChunk), words);
                forward_any(
                    source + i * chunk, target + i * chunk, std::min(chunk, count - i * chunk),
                    slope, kept.scale, kept.threshold, words);
            }
        });
    };
    switch (x.scalar_type()) {
    case at::kFloat: run(float()); break;
    case at::kDouble: run(double()); break;
    case at::kBFloat16: run(at::BFloat16()); break;
    default: TORCH_CHECK(false, "leaky_dropout has no kernel for ", x.scalar_type());
    }
    return result;
}

at::Tensor leaky_dropout_backward(
    const at::Tensor &gradient, const at::Tensor &y, double slope, double rate) {
    double scale = Rate(rate).scale;
    // A gradient that is zero everywhere may come without memory.
    bool plain = gradient.is_cpu() && gradient.scalar_type() == y.scalar_type()
                 && y.is_non_overlapping_and_dense() && gradient.strides() == y.strides()
                 && !gradient._is_zerotensor();
    if (!plain) {
        auto negative = at::where(
            at::signbit(y), at::full({}, slope * scale, y.options()), at::zeros({}, y.options()));
        return gradient * at::where(y > 0, at::full({}, scale, y.options()), negative);
    }
    auto result = at::empty_like(y);
    auto run = [&]<typename Element>(Element) {
        auto slopes = gradient.const_data_ptr<Element>();
        auto outputs = y.const_data_ptr<Element>();
        auto target = result.mutable_data_ptr<Element>();
        in_parallel(y.numel(), 16384, [&](int64_t begin, int64_t end) {
            backward_any<Element>(
                slopes + begin, outputs + begin, target + begin, end - begin, slope, scale);
        });
    };
    switch (y.scalar_type()) {
    case at::kFloat: run(float()); break;
    case at::kDouble: run(double()); break;
    case at::kBFloat16: run(at::BFloat16()); break;
    default: TORCH_CHECK(false, "leaky_dropout has no kernel for ", y.scalar_type());
    }
    return result;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Linear in the gradient, so its own backward pass is the same function again.
struct LeakyDropoutGradient : torch::autograd::Function<LeakyDropoutGradient> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &gradient, const at::Tensor &y, double slope,
        double rate) {
        at::AutoDispatchBelowADInplaceOrView guard;
        context->save_for_backward({y});
        context->saved_data["slope"] = slope;
        context->saved_data["rate"] = rate;
        return leaky_dropout_backward(gradient, y, slope, rate);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto y = context->get_saved_variables()[0];
        auto result = LeakyDropoutGradient::apply(
            gradients[0], y, context->saved_data["slope"].toDouble(),
            context->saved_data["rate"].toDouble());
        return {result, at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

struct LeakyDropout : torch::autograd::Function<LeakyDropout> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &x, double slope, double rate, int64_t key,
        int64_t stream, int64_t counter) {
        at::AutoDispatchBelowADInplaceOrView guard;
        auto y = leaky_dropout_forward(x, slope, rate, key, stream, counter);
        context->save_for_backward({y});
        context->saved_data["slope"] = slope;
        context->saved_data["rate"] = rate;
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        // The derivative is constant in the output, which is therefore not differentiated again.
        auto y = context->get_saved_variables()[0].detach();
        auto result = LeakyDropoutGradient::apply(
            gradients[0], y, context->saved_data["slope"].toDouble(),
            context->saved_data["rate"].toDouble());
        return {result, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

at::Tensor leaky_dropout_recorded(
    const at::Tensor &x, double slope, double rate, int64_t key, int64_t stream,
    int64_t counter) {
    return LeakyDropout::apply(x, slope, rate, key, stream, counter);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "leaky_dropout(Tensor x, float slope, float rate, int key, int stream, int counter)"
        " -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, leaky_dropout_forward));
    library.impl(
        "leaky_dropout", torch::dispatch(c10::DispatchKey::Autograd, leaky_dropout_recorded));
}
