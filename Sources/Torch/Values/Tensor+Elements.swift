import CTorch
import Checks

extension Tensor {
    /// A tensor with these elements, row by row, on the processor or another device.
    ///
    /// - Precondition: as many elements as the shape has.
    public init<Element: TensorElement>(
        _ elements: [Element],
        shape: [Int],
        device: Device = .cpu
    ) {
        let made = elements.withUnsafeBytes {
            Tensor(bytes: $0, shape: shape, dtype: Element.dtype)
        }
        self = device == .cpu ? made : made.moved(to: device)
    }

    /// A tensor of one dimension.
    public init<Element: TensorElement>(_ elements: [Element]) {
        self.init(elements, shape: [elements.count])
    }

    /// A single number.
    public init(_ value: Double, dtype: DType = .float32, device: Device = .cpu) {
        self = Tensor.full([], value, dtype: dtype, device: device)
    }

    /// A tensor on the processor with a copy of these bytes.
    ///
    /// - Precondition: as many bytes as shape and type need.
    public init(bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) {
        let sizes = shape.map(Int64.init)
        var result: OpaquePointer?
        require(
            ctorch_from_bytes(
                bytes.baseAddress,
                bytes.count,
                sizes,
                Int32(sizes.count),
                dtype.code,
                &result
            ),
            "make a \(dtype.rawValue) tensor of shape \(shape)"
        )
        guard let result else { fatalError("libtorch made no tensor of shape \(shape)") }
        self.init(TensorHandle(result))
    }

    /// All elements, row by row.
    ///
    /// - Precondition: the element type is the tensor's own.
    public func elements<Element: TensorElement>(as type: Element.Type = Element.self) -> [Element]
    {
        precondition(dtype == Element.dtype, "\(summary) has no elements of type \(type)")
        let length = count
        return [Element](unsafeUninitializedCapacity: length) { buffer, initialized in
            require(
                ctorch_copy_bytes(
                    handle.pointer,
                    buffer.baseAddress,
                    length * dtype.byteCount
                ),
                "copy \(summary)"
            )
            initialized = length
        }
    }

    /// All elements as bytes, row by row.
    public func bytes() -> [UInt8] {
        let length = count * dtype.byteCount
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
            require(
                ctorch_copy_bytes(handle.pointer, buffer.baseAddress, length),
                "copy \(summary)"
            )
            initialized = length
        }
    }

    /// All elements as single-precision numbers, whatever their type.
    public func floats() -> [Float] { converted(to: .float32).elements() }

    /// All elements as double-precision numbers, whatever their type.
    public func doubles() -> [Double] { converted(to: .float64).elements() }

    /// The only element.
    ///
    /// - Precondition: there is exactly one.
    public func item() -> Double {
        precondition(count == 1, "expected one element, found \(summary)")
        return doubles()[0]
    }
}
