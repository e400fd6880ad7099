// Any of libtorch's operators, found by name and called through its dispatcher.
#include "guard.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>

#include <optional>

using namespace ctorch;

namespace {

const c10::OperatorHandle &unwrap_operator(ctorch_operator operation) {
    return *reinterpret_cast<c10::OperatorHandle *>(operation);
}

c10::IValue integers(const ctorch_value &value) {
    return c10::IValue(at::IntArrayRef(value.as.integers, value.count));
}

c10::IValue reals(const ctorch_value &value) {
    return c10::IValue(at::ArrayRef<double>(value.as.reals, value.count));
}

c10::IValue booleans(const ctorch_value &value) {
    c10::List<bool> list;
    for (int32_t i = 0; i < value.count; i++) list.push_back(value.as.integers[i] != 0);
    return c10::IValue(std::move(list));
}

c10::IValue tensors(const ctorch_value &value, const c10::Argument &argument) {
    auto element = argument.type()->cast<c10::ListType>();
    if (element && element->getElementType()->kind() == c10::TypeKind::OptionalType) {
        c10::List<std::optional<at::Tensor>> list;
        list.reserve(value.count);
        for (int32_t i = 0; i < value.count; i++) {
            auto handle = value.as.tensors[i];
            list.push_back(handle ? std::optional<at::Tensor>(unwrap(handle)) : std::nullopt);
        }
        return c10::IValue(std::move(list));
    }
    c10::List<at::Tensor> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) list.push_back(unwrap(value.as.tensors[i]));
    return c10::IValue(std::move(list));
}

c10::IValue convert(const ctorch_value &value, const c10::Argument &argument) {
    switch (value.kind) {
    case CTORCH_NONE: return c10::IValue();
    case CTORCH_TENSOR: return c10::IValue(unwrap(value.as.tensor));
    case CTORCH_INTEGER:
        // A whole number where the schema has a real one.
        if (argument.type()->kind() == c10::TypeKind::FloatType) {
            return c10::IValue(static_cast<double>(value.as.integer));
        }
        return c10::IValue(value.as.integer);
    case CTORCH_REAL: return c10::IValue(value.as.real);
    case CTORCH_BOOLEAN: return c10::IValue(value.as.integer != 0);
    case CTORCH_INTEGERS: return integers(value);
    case CTORCH_REALS: return reals(value);
    case CTORCH_TENSORS: return tensors(value, argument);
    case CTORCH_TEXT: return c10::IValue(std::string(value.as.text));
    case CTORCH_DEVICE:
        return c10::IValue(
            c10::Device(
                static_cast<c10::DeviceType>(value.as.device.kind),
                value.as.device.kind == CTORCH_CUDA
                    ? static_cast<c10::DeviceIndex>(value.as.device.index)
                    : static_cast<c10::DeviceIndex>(-1)));
    case CTORCH_BOOLEANS: return booleans(value);
    }
    TORCH_CHECK(false, "unknown kind of argument ", static_cast<int>(value.kind));
}

void push_arguments(
    torch::jit::Stack &stack, const c10::FunctionSchema &schema, const ctorch_value *arguments,
    int32_t count) {
    const auto &expected = schema.arguments();
    TORCH_CHECK(
        static_cast<size_t>(count) <= expected.size(), schema.name(), " takes at most ",
        expected.size(), " arguments, found ", count);
    for (size_t i = 0; i < expected.size(); i++) {
        if (i < static_cast<size_t>(count)) {
            stack.push_back(convert(arguments[i], expected[i]));
        } else {
            const auto &value = expected[i].default_value();
            TORCH_CHECK(
                value.has_value(), schema.name(), " needs argument '", expected[i].name(), "'");
            stack.push_back(*value);
        }
    }
}

}  // namespace

int ctorch_find_operator(const char *name, const char *overload, ctorch_operator *result) {
    return guarded([&] {
        auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(handle.has_value(), "this libtorch has no operator ", name, ".", overload);
        *result = reinterpret_cast<ctorch_operator>(new c10::OperatorHandle(*handle));
    });
}

int ctorch_call(
    ctorch_operator operation, const ctorch_value *arguments, int32_t count,
    ctorch_tensor *results, int32_t capacity, int32_t *result_count) {
    return guarded([&] {
        const auto &handle = unwrap_operator(operation);
        torch::jit::Stack stack;
        stack.reserve(handle.schema().arguments().size());
        push_arguments(stack, handle.schema(), arguments, count);
        handle.callBoxed(stack);
        int32_t found = 0;
        auto add = [&](const at::Tensor &tensor) {
            TORCH_CHECK(found < capacity, "more than ", capacity, " results");
            results[found++] = wrap(tensor);
        };
        for (auto &value : stack) {
            if (value.isTensor()) {
                add(value.toTensor());
            } else if (value.isTensorList()) {
                for (const at::Tensor &tensor : value.toTensorVector()) add(tensor);
            } else {
                TORCH_CHECK(false, "a result that is not a tensor: ", value.tagKind());
            }
        }
        *result_count = found;
    });
}
