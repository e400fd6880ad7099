import CTorch
import Checks

/// The arguments of one call laid out for C; the memory lives as long as the frame.
struct ArgumentFrame: ~Copyable {
    private(set) var values: [ctorch_value] = []
    private var owned: [UnsafeMutableRawPointer] = []

    init(_ arguments: [OperatorArgument]) {
        values.reserveCapacity(arguments.count)
        for argument in arguments { append(argument) }
    }

    deinit {
        for pointer in owned { pointer.deallocate() }
    }

    private mutating func append(_ argument: OperatorArgument) {
        var value = ctorch_value()
        switch argument {
        case .none:
            value.kind = CTORCH_NONE
        case .tensor(let tensor):
            value.kind = CTORCH_TENSOR
            value.as.tensor = tensor.handle.pointer
        case .integer(let number):
            value.kind = CTORCH_INTEGER
            value.as.integer = Int64(number)
        case .real(let number):
            value.kind = CTORCH_REAL
            value.as.real = number
        case .boolean(let truth):
            value.kind = CTORCH_BOOLEAN
            value.as.integer = truth ? 1 : 0
        case .dtype(let dtype):
            value.kind = CTORCH_INTEGER
            value.as.integer = Int64(dtype.code)
        case .device(let device):
            value.kind = CTORCH_DEVICE
            value.as.device = device.raw
        case .text(let text):
            value.kind = CTORCH_TEXT
            value.as.text = UnsafePointer(copy(Array(text.utf8CString)))
        case .integers, .reals, .booleans, .tensors, .optionalTensors:
            value = list(argument)
        }
        values.append(value)
    }

    private mutating func list(_ argument: OperatorArgument) -> ctorch_value {
        var value = ctorch_value()
        switch argument {
        case .integers(let numbers):
            value.kind = CTORCH_INTEGERS
            value.count = Int32(numbers.count)
            value.as.integers = UnsafePointer(copy(numbers.map(Int64.init)))
        case .reals(let numbers):
            value.kind = CTORCH_REALS
            value.count = Int32(numbers.count)
            value.as.reals = UnsafePointer(copy(numbers))
        case .booleans(let truths):
            value.kind = CTORCH_BOOLEANS
            value.count = Int32(truths.count)
            value.as.integers = UnsafePointer(copy(truths.map { Int64($0 ? 1 : 0) }))
        case .tensors(let tensors):
            value.kind = CTORCH_TENSORS
            value.count = Int32(tensors.count)
            value.as.tensors = UnsafePointer(copy(tensors.map { Optional($0.handle.pointer) }))
        case .optionalTensors(let tensors):
            value.kind = CTORCH_TENSORS
            value.count = Int32(tensors.count)
            value.as.tensors = UnsafePointer(copy(tensors.map { $0?.handle.pointer }))
        default:
            preconditionFailure("not a list: \(argument.summary)")
        }
        return value
    }

    private mutating func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        pointer.initialize(from: elements, count: elements.count)
        owned.append(UnsafeMutableRawPointer(pointer))
        return pointer
    }
}
