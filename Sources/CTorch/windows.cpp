// The windows of pictures as rows of numbers, and the sum of such rows where they overlap. Each is
// the other's derivative, so both can be differentiated to any order.
#include "guard.h"
#include "lanes.h"
#include "parallel.h"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <vector>

using namespace ctorch;

namespace {

using Sides = std::vector<int64_t>;

// How windows lie on a picture: sides of the picture and of a window, rows before columns.
struct Geometry {
    Sides size, kernel, stride, padding, dilation;

    int64_t places(size_t side) const {
        int64_t room = size[side] + 2 * padding[side] - dilation[side] * (kernel[side] - 1) - 1;
        return room / stride[side] + 1;
    }

    // Pixels of a row that holds all windows and all of the picture, the border before it too.
    int64_t span() const {
        int64_t reach = (places(1) - 1) * stride[1] + dilation[1] * (kernel[1] - 1) + 1;
        return std::max(reach, padding[1] + size[1]);
    }

    // Calls body(element, place) for the rows of windows that a row of pixels lies under.
    template <typename Body> void above(int64_t row, const Body &body) const {
        for (int64_t element = 0; element < kernel[0]; element++) {
            int64_t way = row + padding[0] - element * dilation[0];
            if (way < 0 || way % stride[0] != 0 || way / stride[0] >= places(0)) continue;
            body(element, way / stride[0]);
        }
    }
};

// Calls body(width) with the width as a constant where it is a common one, so that loops over it
// are unrolled.
template <typename Body> CTORCH_INLINE void with_width(int64_t width, const Body &body) {
    switch (width) {
    case 1: body(std::integral_constant<int64_t, 1>()); break;
    case 3: body(std::integral_constant<int64_t, 3>()); break;
    case 4: body(std::integral_constant<int64_t, 4>()); break;
    case 5: body(std::integral_constant<int64_t, 5>()); break;
    default: body(width);
    }
}

// One row of places, as rows of numbers: channels, then the window's rows and columns. `line`
// holds one row of pixels with zeros around it.
template <typename Element>
void take(
    const Element *picture, Element *windows, Element *line, const Geometry &geometry,
    int64_t channels, int64_t row) {
    int64_t height = geometry.kernel[0], columns = geometry.places(1);
    int64_t length = channels * height * geometry.kernel[1], wide = geometry.size[1];
    int64_t stride = geometry.stride[1], step = geometry.dilation[1];
    with_width(geometry.kernel[1], [&](auto width) {
        for (int64_t c = 0; c < channels; c++) {
            for (int64_t y = 0; y < height; y++) {
                int64_t pixel = row * geometry.stride[0] + y * geometry.dilation[0]
                                - geometry.padding[0];
                Element *middle = line + geometry.padding[1];
                if (pixel < 0 || pixel >= geometry.size[0])
                    std::fill(middle, middle + wide, Element(0));
                else std::copy_n(picture + (c * geometry.size[0] + pixel) * wide, wide, middle);
                Element *window = windows + (c * height + y) * width;
                for (int64_t column = 0; column < columns; column++, window += length)
                    for (int64_t x = 0; x < width; x++)
                        window[x] = line[column * stride + x * step];
            }
        }
    });
}

// One row of the pictures' pixels of one channel: what all windows above it say, added up. `line`
// is the sum, with what falls beyond the borders.
template <typename Element, typename Sum>
void gather(
    const Element *windows, Element *pixels, Sum *line, const Geometry &geometry,
    int64_t channels, int64_t channel, int64_t row) {
    int64_t height = geometry.kernel[0], columns = geometry.places(1);
    int64_t length = channels * height * geometry.kernel[1];
    int64_t stride = geometry.stride[1], step = geometry.dilation[1];
    std::fill(line, line + geometry.span(), Sum(0));
    with_width(geometry.kernel[1], [&](auto width) {
        geometry.above(row, [&](int64_t y, int64_t place) {
            const Element *window = windows + place * columns * length
                                    + (channel * height + y) * width;
            for (int64_t column = 0; column < columns; column++, window += length)
                for (int64_t x = 0; x < width; x++)
                    line[column * stride + x * step] += static_cast<Sum>(window[x]);
        });
    });
    const Sum *middle = line + geometry.padding[1];
    for (int64_t x = 0; x < geometry.size[1]; x++) pixels[x] = static_cast<Element>(middle[x]);
}

template <typename Body> void with_element(const at::Tensor &x, const Body &body) {
    switch (x.scalar_type()) {
    case at::kFloat: body(float(), float()); break;
    case at::kDouble: body(double(), double()); break;
    case at::kBFloat16: body(at::BFloat16(), float()); break;
    default: TORCH_CHECK(false, "windows have no kernel for ", x.scalar_type());
    }
}

at::Tensor taken(const at::Tensor &input, const Geometry &geometry, int64_t channels) {
    int64_t count = input.size(0), rows = geometry.places(0), columns = geometry.places(1);
    int64_t length = channels * geometry.kernel[0] * geometry.kernel[1];
    auto pictures = input.contiguous();
    auto windows = at::empty({count, rows * columns, length}, input.options());
    with_element(input, [&]<typename Element, typename Sum>(Element, Sum) {
        auto from = pictures.const_data_ptr<Element>();
        auto to = windows.mutable_data_ptr<Element>();
        int64_t picture = channels * geometry.size[0] * geometry.size[1];
        in_parallel(count * rows, 4, [&](int64_t begin, int64_t end) {
            std::vector<Element> line(static_cast<size_t>(geometry.span()));
            for (int64_t i = begin; i < end; i++)
                take(
                    from + i / rows * picture, to + i * columns * length, line.data(), geometry,
                    channels, i % rows);
        });
    });
    return windows;
}

at::Tensor summed(const at::Tensor &input, const Geometry &geometry, int64_t channels) {
    int64_t count = input.size(0), height = geometry.size[0], width = geometry.size[1];
    auto windows = input.contiguous();
    auto pictures = at::empty({count, channels, height, width}, input.options());
    with_element(input, [&]<typename Element, typename Sum>(Element, Sum) {
        auto from = windows.const_data_ptr<Element>();
        auto to = pictures.mutable_data_ptr<Element>();
        int64_t all = windows.size(1) * windows.size(2), lines = channels * height;
        in_parallel(count * lines, 8, [&](int64_t begin, int64_t end) {
            std::vector<Sum> line(static_cast<size_t>(geometry.span()));
            for (int64_t i = begin; i < end; i++)
                gather(
                    from + i / lines * all, to + i * width, line.data(), geometry, channels,
                    i % lines / height, i % height);
        });
    });
    return pictures;
}

at::Tensor windows(
    const at::Tensor &input, int64_t channels, at::IntArrayRef size, at::IntArrayRef kernel,
    at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool sums) {
    TORCH_CHECK(input.is_cpu(), "windows have a kernel for the processor alone");
    Geometry geometry{size.vec(), kernel.vec(), stride.vec(), padding.vec(), dilation.vec()};
    int64_t rows = geometry.places(0), columns = geometry.places(1);
    TORCH_CHECK(rows > 0 && columns > 0, "no window of ", kernel, " fits into ", size);
    Sides shape{input.size(0), channels, size[0], size[1]};
    if (sums) shape = {input.size(0), rows * columns, channels * kernel[0] * kernel[1]};
    TORCH_CHECK(
        input.sizes() == at::IntArrayRef(shape), "windows: expected ", shape, ", found ",
        input.sizes());
    auto solid = input._is_zerotensor() ? input.clone() : input;
    return sums ? summed(solid, geometry, channels) : taken(solid, geometry, channels);
}

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Windows : torch::autograd::Function<Windows> {
    static at::Tensor forward(
        AutogradContext *context, const at::Tensor &input, int64_t channels, Sides size,
        Sides kernel, Sides stride, Sides padding, Sides dilation, bool sums) {
        at::AutoDispatchBelowADInplaceOrView guard;
        auto &data = context->saved_data;
        data["channels"] = channels;
        data["size"] = size;
        data["kernel"] = kernel;
        data["stride"] = stride;
        data["padding"] = padding;
        data["dilation"] = dilation;
        data["sums"] = sums;
        return windows(input, channels, size, kernel, stride, padding, dilation, sums);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients) {
        auto &data = context->saved_data;
        auto sides = [&](const char *name) { return data[name].toIntVector(); };
        variable_list result(8);
        result[0] = Windows::apply(
            gradients[0], data["channels"].toInt(), sides("size"), sides("kernel"),
            sides("stride"), sides("padding"), sides("dilation"), !data["sums"].toBool());
        return result;
    }
};

at::Tensor windows_recorded(
    const at::Tensor &input, int64_t channels, at::IntArrayRef size, at::IntArrayRef kernel,
    at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool sums) {
    return Windows::apply(
        input, channels, size.vec(), kernel.vec(), stride.vec(), padding.vec(), dilation.vec(),
        sums);
}

// Shortened before windows are taken, which are many times as many numbers as the pictures.
at::Tensor windows_shortened(
    const at::Tensor &input, int64_t channels, at::IntArrayRef size, at::IntArrayRef kernel,
    at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool sums) {
    c10::impl::ExcludeDispatchKeyGuard guard(c10::DispatchKey::AutocastCPU);
    auto dtype = at::autocast::get_autocast_dtype(at::kCPU);
    auto shortened = at::autocast::cached_cast(dtype, input, at::kCPU);
    return windows_recorded(shortened, channels, size, kernel, stride, padding, dilation, sums);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(atelier, library) {
    library.def(
        "windows(Tensor input, int channels, int[] size, int[] kernel, int[] stride,"
        " int[] padding, int[] dilation, bool sums) -> Tensor",
        torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd, windows));
    library.impl("windows", torch::dispatch(c10::DispatchKey::Autograd, windows_recorded));
    library.impl("windows", torch::dispatch(c10::DispatchKey::AutocastCPU, windows_shortened));
}
