import CTorch
import Checks

/// An array of numbers of one type, of any number of dimensions, on one device.
///
/// A value that refers to libtorch's storage: copies share it, operations make new tensors.
/// Row-major; pictures are N×C×H×W. Not `Sendable`: a tensor stays in the actor that made it.
public struct Tensor {
    package let handle: TensorHandle

    package init(_ handle: TensorHandle) { self.handle = handle }

    /// Number of dimensions; 0 for a single number.
    public var rank: Int { Int(ctorch_dimensions(handle.pointer)) }

    /// Sizes of all dimensions.
    public var shape: [Int] {
        (0..<ctorch_dimensions(handle.pointer)).map { Int(ctorch_size(handle.pointer, $0)) }
    }

    /// Steps in elements from one index to the next, per dimension.
    public var strides: [Int] {
        (0..<ctorch_dimensions(handle.pointer)).map { Int(ctorch_stride(handle.pointer, $0)) }
    }

    /// Number of elements.
    public var count: Int { Int(ctorch_count(handle.pointer)) }

    /// Type of the elements.
    public var dtype: DType { DType(code: ctorch_tensor_dtype(handle.pointer)) }

    /// Where the elements lie.
    public var device: Device { Device(raw: ctorch_tensor_device(handle.pointer)) }

    /// Size of one dimension; negative ones count from the end.
    ///
    /// - Precondition: the dimension exists.
    public func size(_ dimension: Int) -> Int {
        let index = dimension < 0 ? dimension + rank : dimension
        precondition(index >= 0 && index < rank, "no dimension \(dimension) in \(summary)")
        return Int(ctorch_size(handle.pointer, Int32(index)))
    }

    /// Both sizes of a matrix.
    public var shape2: (Int, Int) {
        precondition(rank == 2, "expected 2 dimensions, found \(summary)")
        return (size(0), size(1))
    }

    /// The three sizes of a sequence batch or a picture.
    public var shape3: (Int, Int, Int) {
        precondition(rank == 3, "expected 3 dimensions, found \(summary)")
        return (size(0), size(1), size(2))
    }

    /// The four sizes of a batch of pictures: pictures, channels, rows, columns.
    public var shape4: (Int, Int, Int, Int) {
        precondition(rank == 4, "expected 4 dimensions, found \(summary)")
        return (size(0), size(1), size(2), size(3))
    }

    /// Whether the elements lie row by row without gaps.
    public var isContiguous: Bool { ctorch_is_contiguous(handle.pointer, false) }

    /// Whether the elements lie picture by picture with the channels innermost.
    public var isChannelsLast: Bool { ctorch_is_contiguous(handle.pointer, true) }

    /// Whether operations on this tensor are recorded for gradients.
    public var requiresGradient: Bool { ctorch_requires_gradient(handle.pointer) }

    /// Whether both refer to the same storage.
    public func sharesStorage(with other: Tensor) -> Bool {
        ctorch_shares_storage(handle.pointer, other.handle.pointer)
    }

    /// Type, shape and device in one line.
    public var summary: String {
        "\(dtype.rawValue)[\(shape.map(String.init).joined(separator: "×"))] on \(device)"
    }

    /// Tensors now alive in the process, on all threads: a leak shows here.
    public static var liveHandles: Int { Int(ctorch_live_handles()) }
}

@available(*, unavailable)
extension Tensor: Sendable {}

extension Tensor: CustomStringConvertible {
    /// The summary and, for small tensors, the elements.
    public var description: String {
        guard count <= 64, dtype != .bool else { return summary }
        return "\(summary) \(doubles())"
    }
}
