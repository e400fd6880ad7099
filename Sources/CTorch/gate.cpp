// tanh(a)·σ(b) of the two halves of the channels, in one pass.
#include "guard.h"
#include "lanes.h"
#include "layout.h"
#include "parallel.h"
#include "vector.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <cstring>

using namespace ctorch;
using lanes::Floats;

namespace {

// The last channels of a row, fewer than a vector's.
template <typename Element> CTORCH_INLINE Floats rest_of(const Element *place, int64_t amount) {
    alignas(64) unsigned char bytes[lanes::count * sizeof(Element)] = {};
    std::memcpy(bytes, place, amount * sizeof(Element));
    Floats value;
    lanes::load(reinterpret_cast<const Element *>(bytes), value);
    return value;
}

template <typename Element>
CTORCH_INLINE void keep_rest(const Floats &value, Element *place, int64_t amount) {
    alignas(64) unsigned char bytes[lanes::count * sizeof(Element)];
    lanes::store(value, reinterpret_cast<Element *>(bytes));
    std::memcpy(place, bytes, amount * sizeof(Element));
}

// Both factors of a gate; exponents are cut where floats cannot tell the result from its limit.
struct Factors {
    Floats left, right;
};

// 1 / (1 + e^-x), to a few units in the last place of 1.
CTORCH_INLINE Floats sigmoid(const Floats &x) { return 1.0f / (1.0f + lanes::exponential(-x)); }

CTORCH_INLINE Factors factors(const Floats &a, const Floats &b) {
    return {2.0f * sigmoid(2.0f * a) - 1.0f, sigmoid(b)};
}

template <typename Element>
CTORCH_INLINE void forward_row(const Element *a, const Element *b, Element *y, int64_t channels) {
    int64_t c = 0;
    for (; c + lanes::count <= channels; c += lanes::count) {
        Floats left, right;
        lanes::load(a + c, left);
        lanes::load(b + c, right);
        auto found = factors(left, right);
        lanes::store(found.left * found.right, y + c);
    }
    if (c == channels) return;
    auto found = factors(rest_of(a + c, channels - c), rest_of(b + c, channels - c));
    keep_rest(found.left * found.right, y + c, channels - c);
}

template <typename Element>
CTORCH_INLINE void backward_row(
    const Element *slope, const Element *a, const Element *b, Element *onA, Element *onB,
    int64_t channels) {
    int64_t c = 0;
    for (; c + lanes::count <= channels; c += lanes::count) {
        Floats g, left, right;
        lanes::load(slope + c, g);
        lanes::load(a + c, left);
        lanes::load(b + c, right);
        auto found = factors(left, right);
        Floats t = found.left, s = found.right;
        lanes::store(g * s * (1.0f - t * t), onA + c);
        lanes::store(g * t * s * (1.0f - s), onB + c);
    }
    int64_t rest = channels - c;
    if (rest == 0) return;
    auto found = factors(rest_of(a + c, rest), rest_of(b + c, rest));
    Floats g = rest_of(slope + c, rest), t = found.left, s = found.right;
    keep_rest(g * s * (1.0f - t * t), onA + c, rest);
    keep_rest(g * t * s * (1.0f - s), onB + c, rest);
}

CTORCH_VECTOR void forward_rows(const float *x, float *y, int64_t rows, int64_t channels) {
    for (int64_t i = 0; i < rows; i++) {
        auto row = x + i * 2 * channels;
        forward_row(row, row + channels, y + i * channels, channels);
    }
}

CTORCH_VECTOR void
forward_rows(const at::BFloat16 *x, at::BFloat16 *y, int64_t rows, int64_t channels) {
    for (int64_t i = 0; i < rows; i++) {
        auto row = x + i * 2 * channels;
        forward_row(row, row + channels, y + i * channels, channels);
    }
}

CTORCH_VECTOR void
backward_rows(const float *slope, const float *x, float *result, int64_t rows, int64_t channels) {
    for (int64_t i = 0; i < rows; i++) {
        auto row = x + i * 2 * channels;
        auto target = result + i * 2 * channels;
        backward_row(
            slope + i * channels, row, row + channels, target, target + channels, channels);
    }
}

CTORCH_VECTOR void backward_rows(
    const at::BFloat16 *slope, const at::BFloat16 *x, at::BFloat16 *result, int64_t rows,
    int64_t channels) {
    for (int64_t i = 0; i < rows; i++) {
        auto row = x + i * 2 * channels;
        auto target = result + i * 2 * channels;
        backward_row(
            slope + i * channels, row, row + channels, target, target + channels, channels);
    }
}

// The same by the library's own operators, which have derivatives of any order.
at::Tensor composed(const at::Tensor &x) {
    auto halves = x.chunk(2, 1);
    return at::tanh(halves[0]) * at::sigmoid(halves[1]);
}

bool has_kernel(const at::Tensor &x) {
    return x.is_cpu() && (x.dim() == 4 || x.dim() == 2)
           && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

at::Tensor gate_forward(const at::Tensor &sums) {
    TORCH_CHECK(sums.dim() > 1 && sums.size(1) % 2 == 0, "an even number of channels");
    if (!has_kernel(sums)) return composed(sums);
    auto x = innermost(sums);
    int64_t channels = x.size(1) / 2, rows = x.numel() / x.size(1);
    auto sizes = x.sizes().vec();
    sizes[1] = channels;
    auto result = at::empty(sizes, x.options().memory_format(x.suggest_memory_format()));
    auto run = [&]<typename Element>(Element) {
        auto source = x.const_data_ptr<Element>();
        auto target = result.mutable_data_ptr<Element>();
        in_parallel(rows, 256, [&](int64_t begin, int64_t end) {
            forward_rows(
                source + begin * 2 * channels, target + begin * channels, end - begin, channels);
        });
    };
    x.scalar_type() == at::kFloat ? run(float()) : run(at::BFloat16());
    return result;
}

at::Tensor gate_backward(const at::Tensor &slope, const at::Tensor &sums) {
    auto x = innermost(sums);
    auto g = innermost(slope.to(x.scalar_type()));
    int64_t channels = x.size(1) / 2, rows = x.numel() / x.size(1);
    auto result = at::empty(x.sizes(), x.options().memory_format(x.suggest_memory_format()));
    auto run = [&]<typename Element>(Element) {
        auto slopes = g.const_data_ptr<Element>();
        auto source = x.const_data_ptr<Element>();
        auto target = result.mutable_data_ptr<Element>();
        in_parallel(rows, 256, [&](int64_t begin, int64_t end) {
            backward_rows(
                slopes + begin * channels, source + begin * 2 * channels,
                target + begin * 2 * channels, end - begin, channels);
        });
    };
    x.scalar_type() == at::kFloat ? run(float()) : run(at::BFloat16());
    return result;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Gate : torch::autograd::Function<Gate> {
    static at::Tensor forward(AutogradContext *context, const at::Tensor &sums) {
        at::AutoDispatchBelowADInplaceOrView guard;
        context->save_for_backward({sums});
        return gate_forward(sums);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto x = context->get_saved_variables()[0];
        auto slope = gradients[0];
        if (has_kernel(x) && !at::GradMode::is_enabled()) return {gate_backward(slope, x)};
        auto halves = x.chunk(2, 1);
        auto t = at::tanh(halves[0]), s = at::sigmoid(halves[1]);
        return {at::cat({slope * s * (1 - t * t), slope * t * s * (1 - s)}, 1)};
    }
};

at::Tensor gate_recorded(const at::Tensor &sums) { return Gate::apply(sums); }

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "gate(Tensor sums) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, gate_forward));
    library.impl("gate", torch::dispatch(c10::DispatchKey::Autograd, gate_recorded));
}
