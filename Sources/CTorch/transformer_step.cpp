// One place of a transformer: all layers and the logits in one call, keys and values being kept.
//
// A step of few rows moves every weight once and computes little with it, so what counts is to read
// weights in order and to call nothing in between. Sums are in float32, whatever weights are.
#include "guard.h"
#include "lanes.h"
#include "parallel.h"
#include "vector.h"

#include <torch/library.h>

#include <algorithm>
#include <cmath>
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

// Scores of one query, their softmax, and the weighted sum of values.
template <typename Element>
CTORCH_INLINE void attend(
    const float *query, const Element *keys, const Element *values, float *result, float *scores,
    int64_t count, int64_t head) {
    float largest = -INFINITY, scale = 1.0f / std::sqrt(static_cast<float>(head));
    for (int64_t p = 0; p < count; p++) {
        dot<1>(query, keys + p * head, scores + p, head, 1);
        scores[p] *= scale;
        largest = std::max(largest, scores[p]);
    }
    float total = 0;
    for (int64_t p = 0; p < count; p++) {
        scores[p] = std::exp(scores[p] - largest);
        total += scores[p];
    }
    for (int64_t i = 0; i < head; i += lanes::count) {
        Floats mixed = {};
        for (int64_t p = 0; p < count; p++) {
            Floats value;
            lanes::load(values + p * head + i, value);
            mixed += value * (scores[p] / total);
        }
        lanes::store(mixed, result + i);
    }
}

CTORCH_VECTOR void attend_any(
    const float *query, const float *keys, const float *values, float *result, float *scores,
    int64_t count, int64_t head) {
    attend(query, keys, values, result, scores, count, head);
}

CTORCH_VECTOR void attend_any(
    const float *query, const at::BFloat16 *keys, const at::BFloat16 *values, float *result,
    float *scores, int64_t count, int64_t head) {
    attend(query, keys, values, result, scores, count, head);
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

void normalise(const Row &x, const at::Tensor &scale, Row &y, int64_t rows, double epsilon) {
    int64_t width = scale.numel();
    auto s = scale.const_data_ptr<float>();
    y.resize(x.size());
    for (int64_t r = 0; r < rows; r++) {
        auto from = x.data() + r * width;
        auto to = y.data() + r * width;
        double squares = 0;
        for (int64_t i = 0; i < width; i++) squares += static_cast<double>(from[i]) * from[i];
        auto factor = static_cast<float>(
            1 / std::sqrt(squares / static_cast<double>(width) + epsilon));
        for (int64_t i = 0; i < width; i++) to[i] = from[i] * factor * s[i];
    }
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
        std::vector<float> scores(static_cast<size_t>(at.place + 1));
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
            attend_any(
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
        multiply<Element>(even, own[1], parts, at.rows);
        attention<Element>(parts, keys[layer], values[layer], seen, at);
        multiply<Element>(seen, own[2], change, at.rows);
        add(change, x);
        normalise(x, own[3], even, at.rows, epsilon);
        multiply<Element>(even, own[4], gate, at.rows);
        multiply<Element>(even, own[5], inner, at.rows);
        for (size_t i = 0; i < gate.size(); i++) {
            inner[i] *= gate[i] / (1.0f + std::exp(-gate[i]));
        }
        multiply<Element>(inner, own[6], change, at.rows);
        add(change, x);
    }
    auto end = weights.slice(keys.size() * perLayer);
    normalise(x, end[0], even, at.rows, epsilon);
    Row logits;
    multiply<Element>(even, end[1], logits, at.rows);
    if (end.size() == lastWithLayer) {
        shift(logits, end[2], at.rows);
        for (float &number : logits) {
            number *= 0.5f * (1.0f + std::erf(number * 0.70710678118654752f));
        }
        multiply<Element>(logits, end[3], inner, at.rows);
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
    TORCH_CHECK(input.dim() == 2, "rows of numbers, found ", input.sizes());
    TORCH_CHECK(
        !keys.empty() && keys.size() == values.size()
            && (weights.size() == keys.size() * perLayer + last
                || weights.size() == keys.size() * perLayer + lastWithLayer),
        "seven weights a layer and two or five more, found ", weights.size());
    auto dtype = keys[0].scalar_type();
    for (auto tensors : {weights, keys, values}) {
        for (const auto &tensor : tensors) {
            bool isScale = tensor.dim() == 1;
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
