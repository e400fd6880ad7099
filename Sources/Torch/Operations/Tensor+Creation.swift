import Checks

extension Tensor {
    /// A tensor full of zeros.
    public static func zeros(
        _ shape: [Int],
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        Operators.zeros(.integers(shape), .dtype(dtype), .none, .device(device))
    }

    /// A tensor full of ones.
    public static func ones(
        _ shape: [Int],
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        Operators.ones(.integers(shape), .dtype(dtype), .none, .device(device))
    }

    /// One number everywhere.
    public static func full(
        _ shape: [Int],
        _ value: Double,
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        Operators.full(.integers(shape), .real(value), .dtype(dtype), .none, .device(device))
    }

    /// The whole numbers `start ..< end`, in steps.
    public static func range(
        from start: Int = 0,
        to end: Int,
        by step: Int = 1,
        device: Device = .cpu
    ) -> Tensor {
        Operators.range(
            .integer(start),
            .integer(end),
            .integer(step),
            .dtype(.int64),
            .none,
            .device(device)
        )
    }

    /// Numbers at equal distances, both ends included.
    public static func linear(
        from start: Double,
        to end: Double,
        count: Int,
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        Operators.linear(
            .real(start),
            .real(end),
            .integer(count),
            .dtype(dtype),
            .none,
            .device(device)
        )
    }

    /// The matrix with ones on its diagonal.
    public static func identity(
        _ size: Int,
        dtype: DType = .float32,
        device: Device = .cpu
    ) -> Tensor {
        Operators.eye(.integer(size), .dtype(dtype), .none, .device(device))
    }

    /// Zeros of the same shape, type and device.
    public func zerosLike() -> Tensor { Operators.zerosLike(.tensor(self)) }

    /// Ones of the same shape, type and device.
    public func onesLike() -> Tensor { Operators.onesLike(.tensor(self)) }

    /// The elements in another type.
    public func converted(to dtype: DType) -> Tensor {
        dtype == self.dtype ? self : Operators.convert(.tensor(self), .dtype(dtype))
    }

    /// The elements on another device.
    public func moved(to device: Device) -> Tensor {
        guard device != self.device else { return self }
        return Operators.move(.tensor(self), .device(device), .dtype(dtype))
    }

    /// Puts another tensor's elements into this one's storage, where views of it see them: for
    /// memory that is taken once and filled piece by piece, never for what gradients pass through.
    ///
    /// - Precondition: the same shape.
    public func overwrite(with other: Tensor) {
        precondition(
            shape == other.shape,
            "elements of \(other.summary) do not fill \(summary)"
        )
        _ = Operators.overwrite(.tensor(self), .tensor(other), .boolean(false))
    }

    /// A copy with storage of its own.
    public func copied() -> Tensor { Operators.clone(.tensor(self)) }

    /// The elements laid row by row; the same storage when they already lie so.
    public func contiguous() -> Tensor { Operators.contiguous(.tensor(self), .integer(0)) }

    /// The elements of a batch of pictures laid with the channels innermost.
    ///
    /// - Precondition: four dimensions.
    public func channelsLast() -> Tensor { Operators.contiguous(.tensor(self), .integer(2)) }

    private enum Operators {
        static let zeros = Operator("zeros")
        static let ones = Operator("ones")
        static let full = Operator("full")
        static let range = Operator("arange", "start_step")
        static let linear = Operator("linspace")
        static let eye = Operator("eye")
        static let zerosLike = Operator("zeros_like")
        static let onesLike = Operator("ones_like")
        static let convert = Operator("to", "dtype")
        static let move = Operator("to", "device")
        static let overwrite = Operator("copy_")
        static let clone = Operator("clone")
        static let contiguous = Operator("contiguous")
    }
}
