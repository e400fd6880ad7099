// One place of a transformer: all layers and the logits in one call, keys and values being kept.
//
// A step of few rows moves every weight once and computes little with it, so what counts is to read
// weights in order and to call nothing in between. Sums are in float32, whatever weights are.
#include "attention.h"
#include "guard.h"
#include "lanes.h"
#include "packed/product.h"
#include "packed/tensors.h"
#include "parallel.h"
#include "vector.h"

#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

using namespace ctorch;
using lanes::Floats;

namespace {

// Rows that share a pass over the weights.
constexpr int64_t rowsAtOnce = 4;

// y[r][o] = Σ x[r][i] · w[o][i] for one output and some rows.
template <int64_t rows, typename Element>
CTORCH_INLINE void
dot(const float *x, const Element *w, float *y, int64_t inputs, int64_t outputs) {
    Floats sums[rows] = {};
    for (int64_t i = 0; i < inputs; i += lanes::count) {
        Floats weight;
        lanes::load(w + i, weight);
        for (int64_t r = 0; r < rows; r++) {
            Floats number;
            lanes::load(x + r * inputs + i, number);
            sums[r] += number * weight;
        }
    }
    for (int64_t r = 0; r < rows; r++) y[r * outputs] = lanes::sum(sums[r]);
}

template <typename Element>
CTORCH_INLINE void dots(
    const float *x, const Element *w, float *y, int64_t rows, int64_t inputs, int64_t outputs,
    int64_t begin, int64_t end) {
    for (int64_t r = 0; r < rows; r += rowsAtOnce) {
        auto numbers = x + r * inputs;
        for (int64_t o = begin; o < end; o++) {
            auto weight = w + o * inputs;
            auto place = y + r * outputs + o;
            switch (std::min(rows - r, rowsAtOnce)) {
            case 1: dot<1>(numbers, weight, place, inputs, outputs); break;
            case 2: dot<2>(numbers, weight, place, inputs, outputs); break;
            case 3: dot<3>(numbers, weight, place, inputs, outputs); break;
            default: dot<4>(numbers, weight, place, inputs, outputs); break;
            }
        }
    }
}

CTORCH_VECTOR void some_dots(
    const float *x, const float *w, float *y, int64_t rows, int64_t inputs, int64_t outputs,
    int64_t begin, int64_t end) {
    dots(x, w, y, rows, inputs, outputs, begin, end);
}

CTORCH_VECTOR void some_dots(
    const float *x, const at::BFloat16 *w, float *y, int64_t rows, int64_t inputs,
    int64_t outputs, int64_t begin, int64_t end) {
    dots(x, w, y, rows, inputs, outputs, begin, end);
}

using Row = std::vector<float>;

template <typename Element>
void multiply(const Row &x, const at::Tensor &weight, Row &y, int64_t rows) {
    int64_t outputs = weight.size(0), inputs = weight.size(1);
    y.resize(static_cast<size_t>(rows * outputs));
    auto w = weight.const_data_ptr<Element>();
    in_parallel(outputs, 64, [&](int64_t begin, int64_t end) {
        some_dots(x.data(), w, y.data(), rows, inputs, outputs, begin, end);
    });
}

// Products of the same rows with several weights, each packed or row by row.
struct Product {
    const Row &x;
    int64_t rows;
    std::optional<packed::Rows> rounded;

    Product(const Row &x, int64_t rows) : x(x), rows(rows) {}

    void operator()(const at::Tensor &weight, Row &y) {
        if (!packed::is_packed(weight)) {
            if (weight.scalar_type() == at::kFloat) multiply<float>(x, weight, y, rows);
            else multiply<at::BFloat16>(x, weight, y, rows);
            return;
        }
        auto matrix = packed::matrix(weight);
        auto inputs = static_cast<int64_t>(x.size()) / rows;
        TORCH_CHECK(
            packed::filled(inputs) == matrix.inputs, "weights for ", inputs, " numbers, found ",
            matrix.inputs);
        if (!rounded || rounded->kind != matrix.kind) {
            rounded.emplace(x.data(), rows, inputs, matrix.kind);
        }
        y.resize(static_cast<size_t>(rows * matrix.outputs));
        packed::multiply(*rounded, matrix, y.data());
    }
};

CTORCH_VECTOR void
normalise_row(const float *from, const float *scale, float *to, int64_t width, double epsilon) {
    Floats squares = {};
    for (int64_t i = 0; i < width; i += lanes::count) {
        Floats value;
        lanes::load(from + i, value);
        squares += value * value;
    }
    double total = 0;
    for (int lane = 0; lane < lanes::count; lane++) total += static_cast<double>(squares[lane]);
    auto factor = static_cast<float>(1 / std::sqrt(total / static_cast<double>(width) + epsilon));
    for (int64_t i = 0; i < width; i += lanes::count) {
        Floats value, own;
        lanes::load(from + i, value);
        lanes::load(scale + i, own);
        lanes::store(value * factor * own, to + i);
    }
}

void normalise(const Row &x, const at::Tensor &scale, Row &y, int64_t rows, double epsilon) {
    int64_t width = scale.numel();
    auto s = scale.const_data_ptr<float>();
    y.resize(x.size());
    for (int64_t r = 0; r < rows; r++) {
        normalise_row(x.data() + r * width, s, y.data() + r * width, width, epsilon);
    }
}

// gate / (1 + e^−gate) · inner, of numbers in multiples of sixteen.
CTORCH_INLINE void gated(const float *gate, float *inner, int64_t count) {
    for (int64_t i = 0; i < count; i += lanes::count) {
        Floats g, value;
        lanes::load(gate + i, g);
        lanes::load(inner + i, value);
        lanes::store(value * g / (1.0f + lanes::exponential(-g)), inner + i);
    }
}

CTORCH_VECTOR void gate_some(const float *gate, float *inner, int64_t count) {
    gated(gate, inner, count);
}

void gate_all(const Row &gate, Row &inner) {
    in_parallel(static_cast<int64_t>(inner.size()), 4096, [&](int64_t begin, int64_t end) {
        gate_some(gate.data() + begin, inner.data() + begin, end - begin);
    });
}

// Turns pairs that lie beside each other.
void turn(float *vector, const float *cosines, const float *sines, int64_t head) {
    for (int64_t i = 0; i < head / 2; i++) {
        float a = vector[2 * i], b = vector[2 * i + 1];
        vector[2 * i] = a * cosines[i] - b * sines[i];
        vector[2 * i + 1] = a * sines[i] + b * cosines[i];
    }
}

void add(const Row &change, Row &x) {
    for (size_t i = 0; i < x.size(); i++) x[i] += change[i];
}

// Adds a bias to each row.
void shift(Row &x, const at::Tensor &bias, int64_t rows) {
    int64_t width = bias.numel();
    auto b = bias.const_data_ptr<float>();
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t i = 0; i < width; i++) x[static_cast<size_t>(r * width + i)] += b[i];
    }
}

struct Places {
    int64_t rows, heads, head, capacity, place;
    const float *cosines, *sines;
};

// Attention of the new place to all so far; `parts` has its queries, keys and values.
template <typename Element>
void attention(
    Row &parts, const at::Tensor &keys, const at::Tensor &values, Row &seen, const Places &at) {
    int64_t width = at.heads * at.head;
    seen.resize(static_cast<size_t>(at.rows * width));
    auto k = keys.mutable_data_ptr<Element>();
    auto v = values.mutable_data_ptr<Element>();
    in_parallel(at.rows * at.heads, 1, [&](int64_t begin, int64_t end) {
        std::vector<float> scores(static_cast<size_t>(at.place + lanes::count));
        for (int64_t index = begin; index < end; index++) {
            int64_t row = index / at.heads, h = index % at.heads;
            float *query = parts.data() + row * 3 * width + h * at.head;
            float *key = query + width, *value = query + 2 * width;
            turn(query, at.cosines, at.sines, at.head);
            turn(key, at.cosines, at.sines, at.head);
            auto ownKeys = k + index * at.capacity * at.head;
            auto ownValues = v + index * at.capacity * at.head;
            for (int64_t i = 0; i < at.head; i++) {
                lanes::put(key[i], ownKeys + at.place * at.head + i);
                lanes::put(value[i], ownValues + at.place * at.head + i);
            }
            attend(
                query, ownKeys, ownValues, seen.data() + row * width + h * at.head, scores.data(),
                at.place + 1, at.head);
        }
    });
}

// Weights of a layer, in the order in which it needs them. The last two are those of the logits; or the last five, where
// a layer with a bias and GELU, and a bias, make them.
constexpr size_t perLayer = 7, last = 2, lastWithLayer = 5;

template <typename Element>
at::Tensor step(
    const at::Tensor &input, at::TensorList weights, at::TensorList keys, at::TensorList values,
    const Places &at, double epsilon) {
    auto numbers = input.to(at::kFloat).contiguous();
    auto first = numbers.const_data_ptr<float>();
    Row x(first, first + numbers.numel()), even, parts, seen, change, gate, inner;
    for (size_t layer = 0; layer < keys.size(); layer++) {
        auto own = weights.slice(layer * perLayer, perLayer);
        normalise(x, own[0], even, at.rows, epsilon);
        Product{even, at.rows}(own[1], parts);
        attention<Element>(parts, keys[layer], values[layer], seen, at);
        Product{seen, at.rows}(own[2], change);
        add(change, x);
        normalise(x, own[3], even, at.rows, epsilon);
        Product dense{even, at.rows};
        dense(own[4], gate);
        dense(own[5], inner);
        gate_all(gate, inner);
        Product{inner, at.rows}(own[6], change);
        add(change, x);
    }
    auto end = weights.slice(keys.size() * perLayer);
    normalise(x, end[0], even, at.rows, epsilon);
    Row logits;
    Product{even, at.rows}(end[1], logits);
    if (end.size() == lastWithLayer) {
        shift(logits, end[2], at.rows);
        in_parallel(static_cast<int64_t>(logits.size()), 1024, [&](int64_t from, int64_t to) {
            for (int64_t i = from; i < to; i++) {
                float &number = logits[static_cast<size_t>(i)];
                number *= 0.5f * (1.0f + std::erf(number * 0.70710678118654752f));
            }
        });
        Product{logits, at.rows}(end[3], inner);
        shift(inner, end[4], at.rows);
        logits.swap(inner);
    }
    auto result = at::empty({at.rows, static_cast<int64_t>(logits.size()) / at.rows}, at::kFloat);
    std::copy(logits.begin(), logits.end(), result.mutable_data_ptr<float>());
    return result;
}

at::Tensor transformer_step(
    const at::Tensor &input, at::TensorList weights, at::TensorList keys, at::TensorList values,
    const at::Tensor &cosines, const at::Tensor &sines, int64_t place, double epsilon) {
    TORCH_CHECK(
        input.dim() == 2 && input.size(1) % lanes::count == 0, "rows of numbers in multiples of ",
        lanes::count, ", found ", input.sizes());
    TORCH_CHECK(
        !keys.empty() && keys.size() == values.size()
            && (weights.size() == keys.size() * perLayer + last
                || weights.size() == keys.size() * perLayer + lastWithLayer),
        "seven weights a layer and two or five more, found ", weights.size());
    auto dtype = keys[0].scalar_type();
    for (auto tensors : {weights, keys, values}) {
        for (const auto &tensor : tensors) {
            bool isScale = tensor.dim() == 1;
            if (tensors.data() == weights.data() && packed::is_packed(tensor)) {
                packed::matrix(tensor);
                continue;
            }
            TORCH_CHECK(
                tensor.is_cpu() && tensor.is_contiguous()
                    && tensor.scalar_type() == (isScale ? at::kFloat : dtype),
                "contiguous weights of one type on the processor");
            TORCH_CHECK(
                isScale || tensor.size(-1) % lanes::count == 0, "numbers in multiples of ",
                lanes::count, ", found ", tensor.sizes());
        }
    }
    Places at{
        input.size(0),
        keys[0].size(1),
        keys[0].size(3),
        keys[0].size(2),
        place,
        cosines.const_data_ptr<float>(),
        sines.const_data_ptr<float>()};
    TORCH_CHECK(place < at.capacity, "place ", place, " of ", at.capacity);
    switch (dtype) {
    case at::kFloat: return step<float>(input, weights, keys, values, at, epsilon);
    case at::kBFloat16: return step<at::BFloat16>(input, weights, keys, values, at, epsilon);
    default: TORCH_CHECK(false, "transformer_step has no kernel for ", dtype);
    }
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "transformer_step(Tensor input, Tensor[] weights, Tensor[] keys, Tensor[] values,"
        " Tensor cosines, Tensor sines, int place, float epsilon) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, transformer_step));
}
