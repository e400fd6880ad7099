// The C boundary to libtorch: the only header that Swift sees. No exception and no C++ type leaves it.
// Every function that can fail returns 0 on success; otherwise `ctorch_message` has the reason.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctorch_tensor_object *ctorch_tensor;
typedef struct ctorch_operator_object *ctorch_operator;

// What went wrong in the last failed call on this thread; valid until the next call.
const char *ctorch_message(void);

// The kind of failure of the last failed call on this thread.
typedef enum { CTORCH_OTHER = 0, CTORCH_OUT_OF_MEMORY = 1 } ctorch_failure;
ctorch_failure ctorch_last_failure(void);

// Element types, with libtorch's numbers.
typedef enum {
    CTORCH_UINT8 = 0,
    CTORCH_INT64 = 4,
    CTORCH_FLOAT16 = 5,
    CTORCH_FLOAT32 = 6,
    CTORCH_FLOAT64 = 7,
    CTORCH_BOOL = 11,
    CTORCH_BFLOAT16 = 15
} ctorch_dtype;

// Kinds of devices, with libtorch's numbers.
typedef enum { CTORCH_CPU = 0, CTORCH_CUDA = 1, CTORCH_MPS = 13 } ctorch_device_kind;

typedef struct {
    int32_t kind;
    int32_t index;
} ctorch_device;

// Tensors. A handle owns one reference; `ctorch_release` gives it back.
void ctorch_release(ctorch_tensor tensor);
int64_t ctorch_live_handles(void);
int32_t ctorch_dimensions(ctorch_tensor tensor);
int64_t ctorch_size(ctorch_tensor tensor, int32_t dimension);
int64_t ctorch_stride(ctorch_tensor tensor, int32_t dimension);
int64_t ctorch_count(ctorch_tensor tensor);
int32_t ctorch_tensor_dtype(ctorch_tensor tensor);
ctorch_device ctorch_tensor_device(ctorch_tensor tensor);
bool ctorch_is_contiguous(ctorch_tensor tensor, bool channels_last);
bool ctorch_requires_gradient(ctorch_tensor tensor);
bool ctorch_shares_storage(ctorch_tensor a, ctorch_tensor b);
int ctorch_set_requires_gradient(ctorch_tensor tensor, bool required);
int ctorch_from_bytes(
    const void *bytes, size_t length, const int64_t *shape, int32_t dimensions, int32_t dtype,
    ctorch_tensor *result);
// Copies a tensor's elements, row by row, to the caller's memory.
int ctorch_copy_bytes(ctorch_tensor tensor, void *bytes, size_t length);

// Operators, found by libtorch's own name and overload and called with dynamic arguments.
typedef enum {
    CTORCH_NONE,
    CTORCH_TENSOR,
    CTORCH_INTEGER,
    CTORCH_REAL,
    CTORCH_BOOLEAN,
    CTORCH_INTEGERS,
    CTORCH_REALS,
    CTORCH_TENSORS,
    CTORCH_TEXT,
    CTORCH_DEVICE,
    CTORCH_BOOLEANS
} ctorch_kind;

typedef struct {
    ctorch_kind kind;
    int32_t count;
    union {
        ctorch_tensor tensor;
        int64_t integer;
        double real;
        const int64_t *integers;
        const double *reals;
        const ctorch_tensor *tensors;
        const char *text;
        ctorch_device device;
    } as;
} ctorch_value;

int ctorch_find_operator(const char *name, const char *overload, ctorch_operator *result);
// Missing trailing arguments take the defaults of the operator's schema. Lists of tensors in the
// result are flattened; `result_count` has how many there were.
int ctorch_call(
    ctorch_operator operation, const ctorch_value *arguments, int32_t count,
    ctorch_tensor *results, int32_t capacity, int32_t *result_count);

// Gradients of `outputs` with respect to `inputs`; an input that was not used gives a null handle.
int ctorch_gradients(
    const ctorch_tensor *outputs, const ctorch_tensor *output_gradients, int32_t output_count,
    const ctorch_tensor *inputs, int32_t input_count, bool keep_graph, bool create_graph,
    ctorch_tensor *results);

// Modes of the calling thread.
bool ctorch_gradient_mode(void);
void ctorch_set_gradient_mode(bool enabled);
void *ctorch_begin_inference(void);
void ctorch_end_inference(void *scope);
typedef struct {
    bool enabled;
    int32_t dtype;
    bool cache;
} ctorch_autocast;
int ctorch_get_autocast(int32_t device_kind, ctorch_autocast *result);
int ctorch_set_autocast(int32_t device_kind, ctorch_autocast value);

// The machine.
const char *ctorch_version(void);
const char *ctorch_configuration(void);
bool ctorch_processor_has_bfloat16(void);
int32_t ctorch_device_count(int32_t device_kind);
int ctorch_synchronize(ctorch_device device);
int32_t ctorch_threads(void);
void ctorch_set_threads(int32_t count);
// From now on freed memory is kept for reuse: training frees and takes the same every step.
void ctorch_keep_memory(void);
// Memory that is kept for reuse goes back to the system.
void ctorch_release_memory(void);

// A profile of the operators that this thread runs between the two calls. The end tells every
// operator's calls and own seconds, and returns how many copies changed a layout.
typedef void (*ctorch_profile_visitor)(
    const char *name, int64_t calls, double seconds, void *context);
int ctorch_begin_profile(void);
int64_t ctorch_end_profile(ctorch_profile_visitor visit, void *context);

// The time that a convolution by spectra takes over that of the direct sum, roughly; infinite where
// this machine or the shape has none. Pairs are rows and columns; `before` is the border in front.
double ctorch_fourier_effort(
    int64_t count, int64_t inputs, int64_t outputs, const int64_t *input, const int64_t *output,
    const int64_t *kernel, const int64_t *stride, const int64_t *before);

// Random numbers: Philox 4x32-10 with an explicit key and counter; element i depends on nothing
// else. Each function reads `(count + 3) / 4` blocks (64-bit forms: `(count + 1) / 2`).
int ctorch_random_uniform(
    uint64_t key, uint64_t stream, uint64_t counter, const int64_t *shape, int32_t dimensions,
    int32_t dtype, ctorch_tensor *result);
int ctorch_random_normal(
    uint64_t key, uint64_t stream, uint64_t counter, const int64_t *shape, int32_t dimensions,
    int32_t dtype, ctorch_tensor *result);
void ctorch_random_block(uint64_t key, uint64_t stream, uint64_t counter, uint32_t result[4]);

#ifdef __cplusplus
}
#endif
