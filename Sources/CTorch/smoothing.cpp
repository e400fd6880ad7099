// Pictures smoothed by a small filter, along rows and columns alike, while every so many pixels are
// taken, and the transposed map, which spreads pixels out. Each is the other's derivative, so both
// can be differentiated to any order.
#include "guard.h"
#include "lanes.h"
#include "layout.h"
#include "parallel.h"
#include "vector.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <vector>

using namespace ctorch;

namespace {

// What makes up one row or column of the result: places and how much each counts.
struct Parts {
    std::vector<int64_t> place;
    std::vector<double> share;
};

// The shape of a map along one dimension.
struct Line {
    int64_t from, to, before, stride;
    bool spreads;
};

std::vector<Parts> parts(const Line &line, c10::ArrayRef<double> taps) {
    std::vector<Parts> all(static_cast<size_t>(line.to));
    for (int64_t place = 0; place < line.to; place++) {
        for (int64_t tap = 0; tap < static_cast<int64_t>(taps.size()); tap++) {
            int64_t source = line.spreads ? place + line.before - tap
                                          : place * line.stride + tap - line.before;
            if (line.spreads) {
                if (source < 0 || source % line.stride != 0) continue;
                source /= line.stride;
            }
            if (source < 0 || source >= line.from) continue;
            all[static_cast<size_t>(place)].place.push_back(source);
            all[static_cast<size_t>(place)].share.push_back(taps[static_cast<size_t>(tap)]);
        }
    }
    return all;
}

// Rows and columns of a map: as parts, and the columns' own shape and taps.
struct Map {
    std::vector<Parts> rows, columns;
    Line line;
    std::vector<double> taps;
};

// The columns of one row, pixel by pixel: for pixels of many channels.
template <typename Sum>
CTORCH_INLINE void across(const Map &map, int64_t channels, const Sum *sum, Sum *line) {
    for (const auto &column : map.columns) {
        for (int64_t c = 0; c < channels; c++) line[c] = 0;
        for (size_t part = 0; part < column.place.size(); part++) {
            const Sum *source = sum + column.place[part] * channels;
            Sum share = static_cast<Sum>(column.share[part]);
            for (int64_t c = 0; c < channels; c++) line[c] += source[c] * share;
        }
        line += channels;
    }
}

// Every stride-th pixel from `phase` on, between a row and a row of these alone.
template <typename Sum, typename Move>
CTORCH_INLINE void
each(int64_t phase, int64_t stride, int64_t width, int64_t channels, const Move &move) {
    int64_t inner = 0;
    for (int64_t outer = phase; outer < width; outer += stride)
        for (int64_t c = 0; c < channels; c++, inner++) move(outer * channels + c, inner);
}

// The columns of one row, tap by tap: for pixels of few channels. Pixels that the same taps meet
// are brought side by side, so that a tap is one loop over all of them.
template <typename Sum>
CTORCH_INLINE void
along(const Map &map, int64_t channels, const Sum *sum, Sum *line, Sum *phased) {
    auto [from, to, before, stride, spreads] = map.line;
    for (int64_t i = 0; i < to * channels; i++) line[i] = 0;
    for (int64_t phase = 0; phase < stride; phase++) {
        int64_t near = spreads ? to : from;
        int64_t length = (near - phase + stride - 1) / stride;
        if (spreads)
            for (int64_t i = 0; i < length * channels; i++) phased[i] = 0;
        else
            each<Sum>(phase, stride, from, channels, [&](int64_t outer, int64_t inner) {
                phased[inner] = sum[outer];
            });
        for (size_t tap = 0; tap < map.taps.size(); tap++) {
            // A pixel of the result and the one that counts for it lie so far apart.
            int64_t way = spreads ? phase + before - static_cast<int64_t>(tap)
                                  : static_cast<int64_t>(tap) - before - phase;
            if (way % stride != 0) continue;
            way /= stride;
            int64_t first = std::max<int64_t>(0, -way);
            int64_t end = spreads ? std::min(length, from - way) : std::min(to, length - way);
            Sum share = static_cast<Sum>(map.taps[tap]);
            const Sum *source = (spreads ? sum : phased) + way * channels;
            Sum *target = spreads ? phased : line;
            for (int64_t i = first * channels; i < end * channels; i++)
                target[i] += source[i] * share;
        }
        if (spreads)
            each<Sum>(phase, stride, to, channels, [&](int64_t outer, int64_t inner) {
                line[outer] = phased[inner];
            });
    }
}

// One row of the result: rows of the picture first, then columns of their sum.
template <typename Element, typename Sum>
CTORCH_INLINE void combine(
    const Element *picture, Element *result, const Map &map, int64_t row, int64_t channels,
    Sum *sum, Sum *line, Sum *phased) {
    const Parts &rows = map.rows[static_cast<size_t>(row)];
    int64_t count = map.line.from * channels;
    for (int64_t i = 0; i < count; i++) sum[i] = 0;
    for (size_t part = 0; part < rows.place.size(); part++) {
        const Element *source = picture + rows.place[part] * count;
        Sum share = static_cast<Sum>(rows.share[part]);
        for (int64_t i = 0; i < count; i++) sum[i] += static_cast<Sum>(source[i]) * share;
    }
    if (channels < 16) along(map, channels, sum, line, phased);
    else across(map, channels, sum, line);
    for (int64_t i = 0; i < map.line.to * channels; i++) lanes::put(line[i], result + i);
}

CTORCH_VECTOR void combine_any(
    const float *picture, float *result, const Map &map, int64_t row, int64_t channels,
    float *sum, float *line, float *phased) {
    combine(picture, result, map, row, channels, sum, line, phased);
}

CTORCH_VECTOR void combine_any(
    const at::BFloat16 *picture, at::BFloat16 *result, const Map &map, int64_t row,
    int64_t channels, float *sum, float *line, float *phased) {
    combine(picture, result, map, row, channels, sum, line, phased);
}

void combine_any(
    const double *picture, double *result, const Map &map, int64_t row, int64_t channels,
    double *sum, double *line, double *phased) {
    combine(picture, result, map, row, channels, sum, line, phased);
}

at::Tensor smooth(
    const at::Tensor &pictures, at::ArrayRef<double> taps, int64_t before, int64_t stride,
    at::IntArrayRef size, bool spreads) {
    TORCH_CHECK(pictures.dim() == 4, "expected four dimensions, found ", pictures.sizes());
    TORCH_CHECK(pictures.is_cpu(), "smoothing has a kernel for the processor alone");
    auto input = innermost(pictures);
    int64_t count = input.size(0), channels = input.size(1);
    int64_t height = input.size(2), width = input.size(3);
    auto result = at::empty(
        {count, channels, size[0], size[1]}, input.options(), at::MemoryFormat::ChannelsLast);
    Line across{width, size[1], before, stride, spreads};
    Map map{
        parts({height, size[0], before, stride, spreads}, taps), parts(across, taps), across,
        taps.vec()};
    auto run = [&]<typename Element, typename Sum>(Element, Sum) {
        auto from = input.const_data_ptr<Element>();
        auto to = result.mutable_data_ptr<Element>();
        in_parallel(count * size[0], 4, [&](int64_t begin, int64_t end) {
            std::vector<Sum> sum(static_cast<size_t>(width * channels));
            std::vector<Sum> line(static_cast<size_t>(size[1] * channels));
            std::vector<Sum> phased(std::max(sum.size(), line.size()));
            for (int64_t i = begin; i < end; i++) {
                combine_any(
                    from + i / size[0] * height * width * channels, to + i * size[1] * channels,
                    map, i % size[0], channels, sum.data(), line.data(), phased.data());
            }
        });
    };
    switch (input.scalar_type()) {
    case at::kFloat: run(float(), float()); break;
    case at::kDouble: run(double(), double()); break;
    case at::kBFloat16: run(at::BFloat16(), float()); break;
    default: TORCH_CHECK(false, "smoothing has no kernel for ", input.scalar_type());
    }
    return result;
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Smoothing : torch::autograd::Function<Smoothing> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &pictures, std::vector<double> taps,
        int64_t before, int64_t stride, std::vector<int64_t> size, bool spreads) {
        at::AutoDispatchBelowADInplaceOrView guard;
        context->saved_data["taps"] = taps;
        context->saved_data["before"] = before;
        context->saved_data["stride"] = stride;
        context->saved_data["spreads"] = spreads;
        context->saved_data["size"] = std::vector<int64_t>{pictures.size(2), pictures.size(3)};
        return smooth(pictures, taps, before, stride, size, spreads);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto &data = context->saved_data;
        auto result = Smoothing::apply(
            gradients[0], data["taps"].toDoubleVector(), data["before"].toInt(),
            data["stride"].toInt(), data["size"].toIntVector(), !data["spreads"].toBool());
        at::Tensor none;
        return {result, none, none, none, none, none};
    }
};

at::Tensor smooth_recorded(
    const at::Tensor &pictures, at::ArrayRef<double> taps, int64_t before, int64_t stride,
    at::IntArrayRef size, bool spreads) {
    return Smoothing::apply(pictures, taps.vec(), before, stride, size.vec(), spreads);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "smoothing(Tensor pictures, float[] taps, int before, int stride, int[] size,"
        " bool spreads) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, smooth));
    library.impl("smoothing", torch::dispatch(c10::DispatchKey::Autograd, smooth_recorded));
}
