// Convolution of small maps by products of their spectra: the sum that a kernel makes, with a
// fraction of its multiplications.
//
// Source: the convolution theorem; Mathieu, Henaff and LeCun, "Fast Training of Convolutional
// Networks through FFTs", 2013. Outputs, input gradients and kernel gradients are three products of
// the same three spectra, so each of them is differentiated by the two others.
#include "../guard.h"
#include "../layout.h"
#include "plan.h"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <limits>

#if defined(__x86_64__)
#include "passes.h"
#endif

using namespace ctorch;
using namespace ctorch::fourier;

namespace {

// Whether the processor has the instructions, for products in that type.
bool has_code(bool bfloat16) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
           && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
           && (!bfloat16 || __builtin_cpu_supports("avx512bf16"));
#else
    return false;
#endif
}

// What is convolved with what, apart from the tensors themselves.
struct Geometry {
    std::vector<int64_t> input, output, kernel, stride, before;

    Plan plan(int64_t count, int64_t inputs, int64_t outputs) const {
        return Plan{
            count, inputs, outputs, Axis{input[0], output[0], kernel[0], stride[0], before[0]},
            Axis{input[1], output[1], kernel[1], stride[1], before[1]}};
    }

    void save(torch::autograd::AutogradContext *context) const {
        context->saved_data["input"] = input;
        context->saved_data["output"] = output;
        context->saved_data["kernel"] = kernel;
        context->saved_data["stride"] = stride;
        context->saved_data["before"] = before;
    }

    explicit Geometry(torch::autograd::AutogradContext *context)
        : input(context->saved_data["input"].toIntVector()),
          output(context->saved_data["output"].toIntVector()),
          kernel(context->saved_data["kernel"].toIntVector()),
          stride(context->saved_data["stride"].toIntVector()),
          before(context->saved_data["before"].toIntVector()) {}

    Geometry(
        at::IntArrayRef input, at::IntArrayRef output, at::IntArrayRef kernel,
        at::IntArrayRef stride, at::IntArrayRef before)
        : input(input.vec()), output(output.vec()), kernel(kernel.vec()), stride(stride.vec()),
          before(before.vec()) {}
};

at::Tensor empty(const at::Tensor &like, int64_t channels, const std::vector<int64_t> &size) {
    return at::empty(
        {like.size(0), channels, size[0], size[1]}, like.options(),
        at::MemoryFormat::ChannelsLast);
}

#if defined(__x86_64__)
template <int length, typename Body> void with_word(const at::Tensor &tensor, const Body &body) {
    if (tensor.scalar_type() == at::kBFloat16) body(Passes<length, uint32_t>(), at::BFloat16());
    else body(Passes<length, float>(), float());
}

// Runs the body with the passes for the plan's length and the tensor's type.
template <typename Body>
void with_passes(Plan &plan, const at::Tensor &tensor, const Body &body) {
    TORCH_CHECK(
        has_code(tensor.scalar_type() == at::kBFloat16) && plan.choose(),
        "no Fourier convolution for this machine or shape");
    TORCH_CHECK(
        plan.inputs % lanes == 0 && plan.outputs % lanes == 0, "channels in multiples of ", lanes,
        ", found ", plan.inputs, " and ", plan.outputs);
    TORCH_CHECK(
        tensor.is_cpu()
            && (tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16),
        "a tensor of float32 or bfloat16 on the processor, found ", tensor.toString());
    switch (plan.length) {
    case 8: with_word<8>(tensor, body); break;
    case 9: with_word<9>(tensor, body); break;
    case 10: with_word<10>(tensor, body); break;
    case 12: with_word<12>(tensor, body); break;
    default: TORCH_CHECK(false, "no transform of length ", plan.length);
    }
}

KernelLayout layout(const at::Tensor &w) {
    return {w.stride(1), w.stride(0), w.stride(2), w.stride(3)};
}
#endif

using OptionalTensor = std::optional<at::Tensor>;

const float *address(const OptionalTensor &bias) {
    return bias ? bias->const_data_ptr<float>() : nullptr;
}

// From inputs to outputs or, transposed, from outputs to inputs.
template <bool transposed>
at::Tensor convolved(
    const at::Tensor &x, const at::Tensor &w, const OptionalTensor &bias,
    const Geometry &geometry) {
    auto result = empty(
        x, w.size(transposed ? 1 : 0), transposed ? geometry.input : geometry.output);
#if defined(__x86_64__)
    auto plan = geometry.plan(x.size(0), w.size(1), w.size(0));
    auto pictures = innermost(x), kernels = w.to(at::kFloat);
    with_passes(plan, pictures, [&]<typename Passes, typename Element>(Passes, Element) {
        auto spectrum = Passes::kernels(
            plan, kernels.const_data_ptr<float>(), layout(kernels), transposed);
        Passes::template convolve<transposed>(
            plan, pictures.const_data_ptr<Element>(), spectrum, Finish{address(bias)},
            result.mutable_data_ptr<Element>());
    });
#endif
    return result;
}

at::Tensor kernels_of(const at::Tensor &x, const at::Tensor &y, const Geometry &geometry) {
    auto result = at::empty(
        {y.size(1), x.size(1), geometry.kernel[0], geometry.kernel[1]},
        x.options().dtype(at::kFloat), at::MemoryFormat::ChannelsLast);
#if defined(__x86_64__)
    auto plan = geometry.plan(x.size(0), x.size(1), y.size(1));
    auto input = innermost(x), output = innermost(y.to(x.scalar_type()));
    with_passes(plan, input, [&]<typename Passes, typename Element>(Passes, Element) {
        Passes::kernel_gradient(
            plan, input.const_data_ptr<Element>(), output.const_data_ptr<Element>(),
            layout(result), result.mutable_data_ptr<float>());
    });
#endif
    return result;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor summed(const at::Tensor &gradient) {
    return gradient.sum(at::IntArrayRef({0, 2, 3}), false, at::kFloat);
}

template <bool transposed>
struct Convolution : torch::autograd::Function<Convolution<transposed>> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &x, const at::Tensor &w,
        const OptionalTensor &bias, const Geometry &geometry);
    static variable_list backward(AutogradContext *context, variable_list gradients);
};

struct Kernels : torch::autograd::Function<Kernels> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &x, const at::Tensor &y,
        const Geometry &geometry);
    static variable_list backward(AutogradContext *context, variable_list gradients);
};

template <bool transposed>
at::Tensor Convolution<transposed>::forward(
    AutogradContext *context, const at::Tensor &x, const at::Tensor &w,
    const OptionalTensor &bias, const Geometry &geometry) {
    at::AutoDispatchBelowADInplaceOrView guard;
    context->save_for_backward({x, w});
    geometry.save(context);
    context->saved_data["biased"] = bias.has_value();
    return convolved<transposed>(x, w, bias, geometry);
}

template <bool transposed>
variable_list
Convolution<transposed>::backward(AutogradContext *context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    auto &x = saved[0], &w = saved[1], &gradient = gradients[0];
    Geometry geometry(context);
    variable_list result(4);
    if (context->needs_input_grad(0))
        result[0] = Convolution<!transposed>::apply(gradient, w, std::nullopt, geometry);
    if (context->needs_input_grad(1)) {
        auto found = transposed ? Kernels::apply(gradient, x, geometry)
                                : Kernels::apply(x, gradient, geometry);
        result[1] = found.to(w.scalar_type());
    }
    if (context->saved_data["biased"].toBool()) result[2] = summed(gradient);
    return result;
}

at::Tensor Kernels::forward(
    AutogradContext *context, const at::Tensor &x, const at::Tensor &y,
    const Geometry &geometry) {
    at::AutoDispatchBelowADInplaceOrView guard;
    context->save_for_backward({x, y});
    geometry.save(context);
    return kernels_of(x, y, geometry);
}

variable_list Kernels::backward(AutogradContext *context, variable_list gradients) {
    auto saved = context->get_saved_variables();
    Geometry geometry(context);
    variable_list result(3);
    if (context->needs_input_grad(0))
        result[0] = Convolution<true>::apply(saved[1], gradients[0], std::nullopt, geometry);
    if (context->needs_input_grad(1))
        result[1] = Convolution<false>::apply(saved[0], gradients[0], std::nullopt, geometry);
    return result;
}

bool is_autocast_short() {
    return at::autocast::is_autocast_enabled(at::kCPU)
           && at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
}

// Pictures in the type that the products are made in: autocast's, if any.
at::Tensor converted(const at::Tensor &pictures) {
    return is_autocast_short() ? pictures.to(at::kBFloat16) : pictures;
}

at::Tensor convolution(
    const at::Tensor &x, const at::Tensor &w, const OptionalTensor &bias, at::IntArrayRef output,
    at::IntArrayRef stride, at::IntArrayRef before) {
    Geometry geometry(x.sizes().slice(2), output, w.sizes().slice(2), stride, before);
    return Convolution<false>::apply(converted(x), w, bias, geometry);
}

at::Tensor transpose_convolution(
    const at::Tensor &y, const at::Tensor &w, const OptionalTensor &bias, at::IntArrayRef output,
    at::IntArrayRef stride, at::IntArrayRef before) {
    Geometry geometry(output, y.sizes().slice(2), w.sizes().slice(2), stride, before);
    return Convolution<true>::apply(converted(y), w, bias, geometry);
}

// The spectrum of kernels, to be kept: for a type of pictures and for one of the two directions.
at::Tensor kept_kernels(
    const at::Tensor &w, at::IntArrayRef input, at::IntArrayRef output, at::IntArrayRef stride,
    at::IntArrayRef before, bool transposed, bool bfloat16) {
    at::Tensor result;
#if defined(__x86_64__)
    Geometry geometry(input, output, w.sizes().slice(2), stride, before);
    auto plan = geometry.plan(1, w.size(1), w.size(0));
    auto kernels = w.to(at::kFloat);
    auto like = at::empty({0}, w.options().dtype(bfloat16 ? at::kBFloat16 : at::kFloat));
    with_passes(plan, like, [&]<typename Passes, typename Element>(Passes, Element) {
        result = Passes::kernels(
                     plan, kernels.const_data_ptr<float>(), layout(kernels), transposed)
                     .memory;
    });
#endif
    return result;
}

// A convolution with kept kernels, a bias and a leaky ReLU; it has no derivative.
at::Tensor kept_convolution(
    const at::Tensor &x, const at::Tensor &kept, const OptionalTensor &bias, int64_t channels,
    at::IntArrayRef input, at::IntArrayRef output, at::IntArrayRef kernel, at::IntArrayRef stride,
    at::IntArrayRef before, bool transposed, double slope) {
    Geometry geometry(input, output, kernel, stride, before);
    auto result = empty(x, channels, transposed ? geometry.input : geometry.output);
#if defined(__x86_64__)
    auto plan = geometry.plan(
        x.size(0), transposed ? channels : x.size(1), transposed ? x.size(1) : channels);
    auto source = innermost(x);
    Finish finish{address(bias), static_cast<float>(slope)};
    with_passes(plan, source, [&]<typename Passes, typename Element>(Passes, Element) {
        auto spectrum = Passes::kept_kernels(plan, transposed, kept);
        auto from = source.const_data_ptr<Element>();
        auto to = result.mutable_data_ptr<Element>();
        if (transposed) Passes::template convolve<true>(plan, from, spectrum, finish, to);
        else Passes::template convolve<false>(plan, from, spectrum, finish, to);
    });
#endif
    return result;
}

}  // namespace

double ctorch_fourier_effort(
    int64_t count, int64_t inputs, int64_t outputs, const int64_t *input, const int64_t *output,
    const int64_t *kernel, const int64_t *stride, const int64_t *before) {
    Plan plan{
        count, inputs, outputs, Axis{input[0], output[0], kernel[0], stride[0], before[0]},
        Axis{input[1], output[1], kernel[1], stride[1], before[1]}};
    bool fits = has_code(is_autocast_short()) && inputs % lanes == 0 && outputs % lanes == 0
                && plan.choose();
    return fits ? plan.effort() : std::numeric_limits<double>::infinity();
}

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "fourier_convolution(Tensor x, Tensor w, Tensor? bias, int[] output, int[] stride,"
        " int[] before) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeImplicitAutograd, convolution));
    library.def(
        "fourier_transpose_convolution(Tensor y, Tensor w, Tensor? bias, int[] output,"
        " int[] stride, int[] before) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeImplicitAutograd, transpose_convolution));
    library.def(
        "fourier_kernels(Tensor w, int[] input, int[] output, int[] stride, int[] before,"
        " bool transposed, bool bfloat16) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, kept_kernels));
    library.def(
        "kept_fourier_convolution(Tensor x, Tensor kernels, Tensor? bias, int channels,"
        " int[] input, int[] output, int[] kernel, int[] stride, int[] before, bool transposed,"
        " float slope) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, kept_convolution));
}
