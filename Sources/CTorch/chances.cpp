// log p of a class, and means over classes, from rows of logits: no row of chances is kept.
#include "guard.h"
#include "lanes.h"
#include "parallel.h"
#include "vector.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <cmath>

using namespace ctorch;
using lanes::Floats;

namespace {

// log Σ e^x of a row, whose length is a multiple of the lanes'.
template <typename Element> CTORCH_INLINE float log_sum(const Element *row, int64_t classes) {
    Floats most;
    lanes::load(row, most);
    for (int64_t c = lanes::count; c < classes; c += lanes::count) {
        Floats x;
        lanes::load(row + c, x);
        most = lanes::larger(most, x);
    }
    float top = most[0];
    for (int lane = 1; lane < lanes::count; lane++) top = std::max(top, most[lane]);
    Floats total = {};
    for (int64_t c = 0; c < classes; c += lanes::count) {
        Floats x;
        lanes::load(row + c, x);
        total += lanes::exponential(x - top);
    }
    return top + std::log(lanes::sum(total));
}

// The logits' rows, and what is known of each.
template <typename Element> struct Rows {
    const Element *logits;
    int64_t classes;
};

template <typename Element>
CTORCH_INLINE void likelihood_rows(
    Rows<Element> rows, const int64_t *wanted, float *sums, float *result, int64_t begin,
    int64_t end) {
    for (int64_t i = begin; i < end; i++) {
        auto row = rows.logits + i * rows.classes;
        sums[i] = log_sum(row, rows.classes);
        result[i] = static_cast<float>(row[wanted[i]]) - sums[i];
    }
}

template <typename Element>
CTORCH_INLINE void likelihood_slopes(
    Rows<Element> rows, const int64_t *wanted, const float *sums, const float *slopes,
    Element *result, int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
        auto row = rows.logits + i * rows.classes;
        auto target = result + i * rows.classes;
        for (int64_t c = 0; c < rows.classes; c += lanes::count) {
            Floats x;
            lanes::load(row + c, x);
            lanes::store(-slopes[i] * lanes::exponential(x - sums[i]), target + c);
        }
        float chance = std::exp(static_cast<float>(row[wanted[i]]) - sums[i]);
        lanes::put(slopes[i] * (1.0f - chance), target + wanted[i]);
    }
}

template <typename Element>
CTORCH_INLINE void mean_rows(
    Rows<Element> rows, const float *values, float *sums, float *result, int64_t begin,
    int64_t end) {
    for (int64_t i = begin; i < end; i++) {
        auto row = rows.logits + i * rows.classes;
        sums[i] = log_sum(row, rows.classes);
        Floats total = {};
        for (int64_t c = 0; c < rows.classes; c += lanes::count) {
            Floats x, value;
            lanes::load(row + c, x);
            lanes::load(values + c, value);
            total += lanes::exponential(x - sums[i]) * value;
        }
        result[i] = lanes::sum(total);
    }
}

template <typename Element>
CTORCH_INLINE void mean_slopes(
    Rows<Element> rows, const float *values, const float *sums, const float *means,
    const float *slopes, Element *result, int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
        auto row = rows.logits + i * rows.classes;
        auto target = result + i * rows.classes;
        for (int64_t c = 0; c < rows.classes; c += lanes::count) {
            Floats x, value;
            lanes::load(row + c, x);
            lanes::load(values + c, value);
            Floats chance = lanes::exponential(x - sums[i]);
            lanes::store(slopes[i] * chance * (value - means[i]), target + c);
        }
    }
}

// Each of the loops above for both types of logits and several instruction sets.

CTORCH_VECTOR void likelihood(
    Rows<float> rows, const int64_t *wanted, float *sums, float *result, int64_t a, int64_t b) {
    likelihood_rows(rows, wanted, sums, result, a, b);
}
CTORCH_VECTOR void likelihood(
    Rows<at::BFloat16> rows, const int64_t *wanted, float *sums, float *result, int64_t a,
    int64_t b) {
    likelihood_rows(rows, wanted, sums, result, a, b);
}
CTORCH_VECTOR void likelihood_back(
    Rows<float> rows, const int64_t *wanted, const float *sums, const float *slopes,
    float *result, int64_t a, int64_t b) {
    likelihood_slopes(rows, wanted, sums, slopes, result, a, b);
}
CTORCH_VECTOR void likelihood_back(
    Rows<at::BFloat16> rows, const int64_t *wanted, const float *sums, const float *slopes,
    at::BFloat16 *result, int64_t a, int64_t b) {
    likelihood_slopes(rows, wanted, sums, slopes, result, a, b);
}
CTORCH_VECTOR void
means(Rows<float> rows, const float *values, float *sums, float *result, int64_t a, int64_t b) {
    mean_rows(rows, values, sums, result, a, b);
}
CTORCH_VECTOR void means(
    Rows<at::BFloat16> rows, const float *values, float *sums, float *result, int64_t a,
    int64_t b) {
    mean_rows(rows, values, sums, result, a, b);
}
CTORCH_VECTOR void means_back(
    Rows<float> rows, const float *values, const float *sums, const float *found,
    const float *slopes, float *result, int64_t a, int64_t b) {
    mean_slopes(rows, values, sums, found, slopes, result, a, b);
}
CTORCH_VECTOR void means_back(
    Rows<at::BFloat16> rows, const float *values, const float *sums, const float *found,
    const float *slopes, at::BFloat16 *result, int64_t a, int64_t b) {
    mean_slopes(rows, values, sums, found, slopes, result, a, b);
}

bool has_kernel(const at::Tensor &logits) {
    return logits.is_cpu() && logits.size(-1) % lanes::count == 0
           && (logits.scalar_type() == at::kFloat || logits.scalar_type() == at::kBFloat16);
}

// Calls the body with the rows of logits and an example of their type, some rows at a time.
template <typename Body> void over_rows(const at::Tensor &logits, Body body) {
    int64_t classes = logits.size(-1), count = logits.numel() / classes;
    auto run = [&]<typename Element>(Element example) {
        Rows<Element> rows{logits.const_data_ptr<Element>(), classes};
        in_parallel(count, 64, [&](int64_t begin, int64_t end) { body(rows, begin, end); });
    };
    logits.scalar_type() == at::kFloat ? run(float()) : run(at::BFloat16());
}

at::TensorOptions floats(const at::Tensor &like) { return like.options().dtype(at::kFloat); }

at::IntArrayRef outer(const at::Tensor &logits) {
    return logits.sizes().slice(0, logits.dim() - 1);
}

at::Tensor wide(const at::Tensor &x) {
    return x.scalar_type() == at::kBFloat16 ? x.to(at::kFloat) : x;
}

// What is found for each row, and the logarithm of each row's sum.
struct Found {
    at::Tensor result, sums;
};

Found find_likelihood(const at::Tensor &given, const at::Tensor &classes) {
    TORCH_CHECK(
        classes.sizes() == outer(given), "a class for each row of logits ", given.sizes(),
        ", found ", classes.sizes());
    if (!has_kernel(given)) {
        auto chances = at::log_softmax(wide(given), -1);
        return {chances.gather(-1, classes.unsqueeze(-1)).squeeze(-1), {}};
    }
    auto logits = given.contiguous(), wanted = classes.contiguous().to(at::kLong);
    TORCH_CHECK(
        wanted.numel() == 0
            || (wanted.min().item<int64_t>() >= 0
                && wanted.max().item<int64_t>() < logits.size(-1)),
        "a class is out of bounds");
    Found found{
        at::empty(outer(logits), floats(logits)), at::empty(outer(logits), floats(logits))};
    auto names = wanted.const_data_ptr<int64_t>();
    auto sums = found.sums.mutable_data_ptr<float>();
    auto result = found.result.mutable_data_ptr<float>();
    over_rows(logits, [&](auto rows, int64_t begin, int64_t end) {
        likelihood(rows, names, sums, result, begin, end);
    });
    return found;
}

Found find_mean(const at::Tensor &given, const at::Tensor &values) {
    TORCH_CHECK(
        values.dim() == 1 && values.size(0) == given.size(-1), "a value for each of ",
        given.size(-1), " classes");
    if (!has_kernel(given)) {
        auto chances = at::softmax(wide(given), -1);
        return {chances.matmul(values.to(chances.scalar_type())), {}};
    }
    auto logits = given.contiguous(), steps = values.to(at::kFloat).contiguous();
    Found found{
        at::empty(outer(logits), floats(logits)), at::empty(outer(logits), floats(logits))};
    auto numbers = steps.const_data_ptr<float>();
    auto sums = found.sums.mutable_data_ptr<float>();
    auto result = found.result.mutable_data_ptr<float>();
    over_rows(logits, [&](auto rows, int64_t begin, int64_t end) {
        means(rows, numbers, sums, result, begin, end);
    });
    return found;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct LogChance : torch::autograd::Function<LogChance> {
    static at::Tensor
    forward(AutogradContext *context, const at::Tensor &logits, const at::Tensor &classes) {
        at::AutoDispatchBelowADInplaceOrView guard;
        auto found = find_likelihood(logits, classes);
        context->save_for_backward({logits, classes, found.sums});
        return found.result;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto saved = context->get_saved_variables();
        auto given = saved[0], classes = saved[1];
        auto slope = gradients[0];
        if (!has_kernel(given) || at::GradMode::is_enabled()) {
            auto chances = at::softmax(wide(given), -1);
            auto hot = at::one_hot(classes, given.size(-1)).to(chances.scalar_type());
            return {(slope.unsqueeze(-1) * (hot - chances)).to(given.scalar_type()), {}};
        }
        auto logits = given.contiguous(), wanted = classes.contiguous().to(at::kLong);
        auto result = at::empty_like(logits);
        auto slopes = slope.contiguous();
        auto names = wanted.const_data_ptr<int64_t>();
        auto sums = saved[2].const_data_ptr<float>();
        auto steps = slopes.const_data_ptr<float>();
        over_rows(logits, [&]<typename Element>(Rows<Element> rows, int64_t begin, int64_t end) {
            auto target = result.mutable_data_ptr<Element>();
            likelihood_back(rows, names, sums, steps, target, begin, end);
        });
        return {result, {}};
    }
};

struct Mean : torch::autograd::Function<Mean> {
    static at::Tensor
    forward(AutogradContext *context, const at::Tensor &logits, const at::Tensor &values) {
        at::AutoDispatchBelowADInplaceOrView guard;
        auto found = find_mean(logits, values);
        context->save_for_backward({logits, values, found.sums, found.result});
        return found.result;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto saved = context->get_saved_variables();
        auto given = saved[0], values = saved[1];
        auto slope = gradients[0];
        if (!has_kernel(given) || at::GradMode::is_enabled()) {
            auto chances = at::softmax(wide(given), -1);
            auto mean = (chances * values).sum(-1, true);
            auto found = slope.unsqueeze(-1) * chances * (values - mean);
            return {found.to(given.scalar_type()), {}};
        }
        auto logits = given.contiguous(), numbers = values.to(at::kFloat).contiguous();
        auto result = at::empty_like(logits);
        auto slopes = slope.contiguous();
        auto levels = numbers.const_data_ptr<float>();
        auto sums = saved[2].const_data_ptr<float>();
        auto means = saved[3].const_data_ptr<float>();
        auto steps = slopes.const_data_ptr<float>();
        over_rows(logits, [&]<typename Element>(Rows<Element> rows, int64_t begin, int64_t end) {
            auto target = result.mutable_data_ptr<Element>();
            means_back(rows, levels, sums, means, steps, target, begin, end);
        });
        return {result, {}};
    }
};

at::Tensor log_chance(const at::Tensor &logits, const at::Tensor &classes) {
    return find_likelihood(logits, classes).result;
}
at::Tensor log_chance_recorded(const at::Tensor &logits, const at::Tensor &classes) {
    return LogChance::apply(logits, classes);
}
at::Tensor mean(const at::Tensor &logits, const at::Tensor &values) {
    return find_mean(logits, values).result;
}
at::Tensor mean_recorded(const at::Tensor &logits, const at::Tensor &values) {
    return Mean::apply(logits, values);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "log_chance(Tensor logits, Tensor classes) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, log_chance));
    library.impl("log_chance", torch::dispatch(c10::DispatchKey::Autograd, log_chance_recorded));
    library.def(
        "mean_value(Tensor logits, Tensor values) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, mean));
    library.impl("mean_value", torch::dispatch(c10::DispatchKey::Autograd, mean_recorded));
}
