// Batch normalisation followed by leaky ReLU: one pass for the statistics and one for the result,
// forward and backward. Statistics are in single precision, summed in blocks, then in double.
//
// Source: Ioffe and Szegedy, "Batch Normalization", 2015, for the derivative.
#include "guard.h"
#include "layout.h"
#include "normal_rows.h"
#include "parallel.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <vector>

using namespace ctorch;
using namespace ctorch::lanes;

namespace {

// Rows between two sums in double precision.
constexpr int64_t rowsPerBlock = 256;

using OptionalTensor = std::optional<at::Tensor>;

// A tensor of channels innermost, as rows; work is cut into blocks of rows and of channels.
struct Matrix {
    int64_t rows, channels;

    explicit Matrix(const at::Tensor &x) : rows(x.numel() / x.size(1)), channels(x.size(1)) {}

    // Wide rows are cut as well, so that all threads have work.
    int64_t width() const { return std::min<int64_t>(channels, 512); }
    int64_t across() const { return (channels + width() - 1) / width(); }
    int64_t down() const { return (rows + rowsPerBlock - 1) / rowsPerBlock; }

    // Calls body(block of rows, first row, rows, first channel, blocks of channels).
    template <typename Body> void for_each(const Body &body) const {
        in_parallel(down() * across(), 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                int64_t block = i / across(), first = i % across() * width();
                int64_t row = block * rowsPerBlock;
                body(
                    block, row, std::min(rowsPerBlock, rows - row), first,
                    std::min(width(), channels - first) / count);
            }
        });
    }

    // Sums blocks of rows in double precision: two numbers a channel.
    template <typename Body>
    std::pair<std::vector<double>, std::vector<double>> totals(const Body &body) const {
        size_t size = static_cast<size_t>(channels);
        std::vector<float> partial(2 * size * static_cast<size_t>(down()));
        for_each([&](int64_t block, int64_t row, int64_t height, int64_t first, int64_t blocks) {
            float *place = partial.data() + block * 2 * channels + first;
            body(row, height, first, blocks, place, place + channels);
        });
        std::vector<double> sums(size), others(size);
        for (int64_t block = 0; block < down(); block++) {
            const float *place = partial.data() + block * 2 * channels;
            for (size_t c = 0; c < size; c++) {
                sums[c] += static_cast<double>(place[c]);
                others[c] += static_cast<double>(place[c + size]);
            }
        }
        return {std::move(sums), std::move(others)};
    }
};

template <typename Body> void with_element(const at::Tensor &x, const Body &body) {
    TORCH_CHECK(
        x.is_cpu() && (x.dim() == 2 || x.dim() == 4) && x.size(1) % count == 0,
        "batch_norm_leaky: expected a batch on the processor with channels in multiples of ",
        count, ", found ", x.sizes(), " on ", x.device());
    switch (x.scalar_type()) {
    case at::kFloat: body(float()); break;
    case at::kBFloat16: body(at::BFloat16()); break;
    default: TORCH_CHECK(false, "batch_norm_leaky has no kernel for ", x.scalar_type());
    }
}

std::vector<float> values(const OptionalTensor &tensor, int64_t channels, float otherwise) {
    if (!tensor) return std::vector<float>(static_cast<size_t>(channels), otherwise);
    auto plain = tensor->to(at::kFloat).contiguous();
    auto first = plain.const_data_ptr<float>();
    return std::vector<float>(first, first + channels);
}

// The result, and the mean and the biased variance of every channel.
std::tuple<at::Tensor, at::Tensor, at::Tensor> forward_of(
    const at::Tensor &x, const OptionalTensor &scale, const OptionalTensor &shift, double epsilon,
    double slope) {
    auto y = at::empty_like(x);
    Matrix matrix(x);
    auto options = x.options().dtype(at::kFloat);
    auto mean = at::empty({matrix.channels}, options);
    auto variance = at::empty({matrix.channels}, options);
    auto scales = values(scale, matrix.channels, 1), shifts = values(shift, matrix.channels, 0);
    with_element(x, [&]<typename Element>(Element) {
        auto source = x.const_data_ptr<Element>();
        auto target = y.mutable_data_ptr<Element>();
        // Sums about the first row lose no digits to a mean far from zero.
        std::vector<float> origin(source, source + matrix.channels);
        auto totals = matrix.totals([&](int64_t row, int64_t height, int64_t first,
                                        int64_t blocks, float *sums, float *squares) {
            Kernels<Element>::moments(
                source + row * matrix.channels + first, height, matrix.channels,
                origin.data() + first, blocks, sums, squares);
        });
        std::vector<float> factors(scales.size()), offsets(scales.size());
        auto means = mean.mutable_data_ptr<float>(),
             variances = variance.mutable_data_ptr<float>();
        for (size_t c = 0; c < scales.size(); c++) {
            double away = totals.first[c] / static_cast<double>(matrix.rows);
            double spread = totals.second[c] / static_cast<double>(matrix.rows) - away * away;
            double center = away + static_cast<double>(origin[c]);
            spread = spread < 0 ? 0 : spread;
            means[c] = static_cast<float>(center);
            variances[c] = static_cast<float>(spread);
            double factor = static_cast<double>(scales[c]) / std::sqrt(spread + epsilon);
            factors[c] = static_cast<float>(factor);
            offsets[c] = static_cast<float>(static_cast<double>(shifts[c]) - center * factor);
        }
        matrix.for_each([&](int64_t, int64_t row, int64_t height, int64_t first, int64_t blocks) {
            int64_t place = row * matrix.channels + first;
            Kernels<Element>::activate(
                source + place, target + place, height, matrix.channels, blocks,
                factors.data() + first, offsets.data() + first, static_cast<float>(slope));
        });
    });
    return {y, mean, variance};
}

// Gradients of the input, the scale and the shift.
std::tuple<at::Tensor, at::Tensor, at::Tensor> backward_of(
    const at::Tensor &given, const at::Tensor &x, const OptionalTensor &scale,
    const OptionalTensor &shift, const at::Tensor &mean, const at::Tensor &variance,
    double epsilon, double slope) {
    auto gradient = innermost(given.to(x.scalar_type()));
    auto result = at::empty_like(x);
    Matrix matrix(x);
    auto for_scale = at::empty({matrix.channels}, mean.options());
    auto for_shift = at::empty({matrix.channels}, mean.options());
    auto scales = values(scale, matrix.channels, 1), shifts = values(shift, matrix.channels, 0);
    auto inverse = (variance.to(at::kDouble) + epsilon).rsqrt().to(at::kFloat);
    Channels channels{
        mean.const_data_ptr<float>(), inverse.const_data_ptr<float>(), scales.data(),
        shifts.data()};
    auto from = [&](int64_t first) {
        return Channels{
            channels.mean + first, channels.inverse + first, channels.scale + first,
            channels.shift + first};
    };
    auto factor = static_cast<float>(slope);
    with_element(x, [&]<typename Element>(Element) {
        auto upstream = gradient.const_data_ptr<Element>(), source = x.const_data_ptr<Element>();
        auto target = result.mutable_data_ptr<Element>();
        auto totals = matrix.totals([&](int64_t row, int64_t height, int64_t first,
                                        int64_t blocks, float *sums, float *products) {
            int64_t place = row * matrix.channels + first;
            Kernels<Element>::slopes(
                upstream + place, source + place, height, matrix.channels, blocks, from(first),
                factor, sums, products);
        });
        std::vector<float> sums(scales.size()), products(scales.size());
        for (size_t c = 0; c < scales.size(); c++) {
            for_shift.mutable_data_ptr<float>()[c] = static_cast<float>(totals.first[c]);
            for_scale.mutable_data_ptr<float>()[c] = static_cast<float>(totals.second[c]);
            sums[c] = static_cast<float>(totals.first[c] / static_cast<double>(matrix.rows));
            products[c] = static_cast<float>(totals.second[c] / static_cast<double>(matrix.rows));
        }
        matrix.for_each([&](int64_t, int64_t row, int64_t height, int64_t first, int64_t blocks) {
            int64_t place = row * matrix.channels + first;
            Kernels<Element>::descend(
                upstream + place, source + place, target + place, height, matrix.channels, blocks,
                from(first), factor, sums.data() + first, products.data() + first);
        });
    });
    return {result, for_scale, for_shift};
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct BatchNormLeaky : torch::autograd::Function<BatchNormLeaky> {
    static variable_list forward(
        AutogradContext *context, const at::Tensor &x, const OptionalTensor &scale,
        const OptionalTensor &shift, double epsilon, double slope) {
        at::AutoDispatchBelowADInplaceOrView guard;
        auto [y, mean, variance] = forward_of(x, scale, shift, epsilon, slope);
        context->save_for_backward(
            {x, scale.value_or(at::Tensor()), shift.value_or(at::Tensor()), mean, variance});
        context->saved_data["epsilon"] = epsilon;
        context->saved_data["slope"] = slope;
        context->mark_non_differentiable({mean, variance});
        return {y, mean, variance};
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto saved = context->get_saved_variables();
        double epsilon = context->saved_data["epsilon"].toDouble();
        double slope = context->saved_data["slope"].toDouble();
        OptionalTensor scale, shift;
        if (saved[1].defined()) scale = saved[1];
        if (saved[2].defined()) shift = saved[2];
        if (at::GradMode::is_enabled())
            return recorded(gradients[0], saved[0], scale, shift, epsilon, slope);
        auto [x, for_scale, for_shift] = backward_of(
            gradients[0], saved[0], scale, shift, saved[3], saved[4], epsilon, slope);
        variable_list result(5);
        result[0] = x;
        if (scale) result[1] = for_scale.to(scale->scalar_type());
        if (shift) result[2] = for_shift.to(shift->scalar_type());
        return result;
    }

    // The same derivatives by libtorch's own functions, which can be differentiated once more.
    static variable_list recorded(
        const at::Tensor &gradient, const at::Tensor &x, const OptionalTensor &scale,
        const OptionalTensor &shift, double epsilon, double slope) {
        auto normal = at::batch_norm(x, scale, shift, {}, {}, true, 0, epsilon, false);
        auto y = at::leaky_relu(normal, slope);
        variable_list inputs, result(5);
        std::vector<size_t> places;
        auto want = [&](const at::Tensor &tensor, size_t place) {
            if (!tensor.requires_grad()) return;
            inputs.push_back(tensor);
            places.push_back(place);
        };
        want(x, 0);
        if (scale) want(*scale, 1);
        if (shift) want(*shift, 2);
        auto found = torch::autograd::grad({y}, inputs, {gradient}, true, true);
        for (size_t i = 0; i < found.size(); i++) result[places[i]] = found[i];
        return result;
    }
};

std::tuple<at::Tensor, at::Tensor, at::Tensor> batch_norm_leaky(
    const at::Tensor &x, const OptionalTensor &scale, const OptionalTensor &shift, double epsilon,
    double slope) {
    TORCH_CHECK(slope >= 0, "expected a slope from 0, found ", slope);
    auto found = BatchNormLeaky::apply(innermost(x), scale, shift, epsilon, slope);
    return {found[0], found[1], found[2]};
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "batch_norm_leaky(Tensor x, Tensor? scale, Tensor? shift, float epsilon, float slope)"
        " -> (Tensor, Tensor, Tensor)",
        torch::dispatch(c10::DispatchKey::CompositeImplicitAutograd, batch_norm_leaky));
}
