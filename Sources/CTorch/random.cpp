// Uniform and normal numbers from an explicit key, stream and counter, on all threads at once.
#include "guard.h"
#include "parallel.h"
#include "philox.h"

#include <cmath>

using namespace ctorch;

namespace {

constexpr double twoPi = 6.283185307179586476925286766559;

// [0, 1) with 24 random bits.
float unit(uint32_t word) { return static_cast<float>(word >> 8) * 0x1p-24f; }

// [0, 1) with 53 random bits.
double unit(uint32_t high, uint32_t low) {
    uint64_t word = (static_cast<uint64_t>(high) << 32) | low;
    return static_cast<double>(word >> 11) * 0x1p-53;
}

// Box and Muller: two independent normal numbers of two uniform ones.
template <typename Real> void normals(Real a, Real b, Real *first, Real *second) {
    Real radius = std::sqrt(Real(-2) * std::log(Real(1) - a));
    Real angle = static_cast<Real>(twoPi) * b;
    *first = radius * std::cos(angle);
    *second = radius * std::sin(angle);
}

// Calls `fill(block, values)` for every block of the result and stores what fits.
template <typename Real, int width, typename Fill>
at::Tensor
generate(uint64_t key, uint64_t stream, uint64_t counter, at::IntArrayRef shape, Fill fill) {
    auto tensor = at::empty(shape, at::TensorOptions().dtype(c10::CppTypeToScalarType<Real>()));
    int64_t count = tensor.numel();
    Real *data = tensor.template mutable_data_ptr<Real>();
    int64_t blocks = (count + width - 1) / width;
    in_parallel(blocks, 4096, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            Real values[width];
            fill(philox(key, stream, counter + static_cast<uint64_t>(i)), values);
            for (int64_t j = 0; j < width && i * width + j < count; j++) {
                data[i * width + j] = values[j];
            }
        }
    });
    return tensor;
}

at::Tensor as_dtype(const at::Tensor &tensor, int32_t dtype) {
    return tensor.to(static_cast<at::ScalarType>(dtype));
}

}  // namespace

int ctorch_random_uniform(
    uint64_t key, uint64_t stream, uint64_t counter, const int64_t *shape, int32_t dimensions,
    int32_t dtype, ctorch_tensor *result) {
    return guarded([&] {
        at::IntArrayRef sizes(shape, dimensions);
        if (dtype == CTORCH_FLOAT64) {
            *result = wrap(
                generate<double, 2>(
                    key, stream, counter, sizes, [](PhiloxBlock block, double *values) {
                        values[0] = unit(block.word[0], block.word[1]);
                        values[1] = unit(block.word[2], block.word[3]);
                    }));
            return;
        }
        auto tensor = generate<float, 4>(
            key, stream, counter, sizes, [](PhiloxBlock block, float *values) {
                for (int j = 0; j < 4; j++) values[j] = unit(block.word[j]);
            });
        *result = wrap(as_dtype(tensor, dtype));
    });
}

int ctorch_random_normal(
    uint64_t key, uint64_t stream, uint64_t counter, const int64_t *shape, int32_t dimensions,
    int32_t dtype, ctorch_tensor *result) {
    return guarded([&] {
        at::IntArrayRef sizes(shape, dimensions);
        if (dtype == CTORCH_FLOAT64) {
            *result = wrap(
                generate<double, 2>(
                    key, stream, counter, sizes, [](PhiloxBlock block, double *values) {
                        normals(
                            unit(block.word[0], block.word[1]),
                            unit(block.word[2], block.word[3]), &values[0], &values[1]);
                    }));
            return;
        }
        auto tensor = generate<float, 4>(
            key, stream, counter, sizes, [](PhiloxBlock block, float *values) {
                normals(unit(block.word[0]), unit(block.word[1]), &values[0], &values[1]);
                normals(unit(block.word[2]), unit(block.word[3]), &values[2], &values[3]);
            });
        *result = wrap(as_dtype(tensor, dtype));
    });
}

void ctorch_random_block(uint64_t key, uint64_t stream, uint64_t counter, uint32_t result[4]) {
    auto block = philox(key, stream, counter);
    for (int j = 0; j < 4; j++) result[j] = block.word[j];
}
