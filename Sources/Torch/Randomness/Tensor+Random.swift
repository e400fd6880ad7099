import CTorch
import Checks

/// Where processes share a batch (`ProcessGroup.current`), all draw the numbers of the whole batch and take those
/// of their own pictures: `pictures` is the dimension along which these follow each other. So numbers do not
/// depend on how many processes there are.
extension Tensor {
    /// Numbers spread evenly over `lower ..< upper`.
    public static func uniform(
        _ shape: [Int],
        from lower: Double = 0,
        to upper: Double = 1,
        dtype: DType = .float32,
        device: Device = .cpu,
        pictures axis: Int = 0,
        using source: RandomSource
    ) -> Tensor {
        let unit = shared(shape, axis) { draw($0, dtype, source, ctorch_random_uniform) }
        let scaled = lower == 0 && upper == 1 ? unit : unit * (upper - lower) + lower
        return scaled.moved(to: device)
    }

    /// Numbers of the normal distribution.
    public static func normal(
        _ shape: [Int],
        mean: Double = 0,
        deviation: Double = 1,
        dtype: DType = .float32,
        device: Device = .cpu,
        pictures axis: Int = 0,
        using source: RandomSource
    ) -> Tensor {
        let unit = shared(shape, axis) { draw($0, dtype, source, ctorch_random_normal) }
        let scaled = mean == 0 && deviation == 1 ? unit : unit * deviation + mean
        return scaled.moved(to: device)
    }

    /// Numbers of the normal distribution within two deviations of the mean, by inversion.
    public static func truncatedNormal(
        _ shape: [Int],
        mean: Double = 0,
        deviation: Double = 1,
        dtype: DType = .float32,
        device: Device = .cpu,
        using source: RandomSource
    ) -> Tensor {
        // erf(√2), the share of the normal distribution within two deviations.
        let share = 0.954_499_736_103_641_6
        let even = uniform(shape, from: -share, to: share, dtype: .float64, using: source)
        let unit = even.inverseErrorFunction() * 2.0.squareRoot()
        return (unit * deviation + mean).converted(to: dtype).moved(to: device)
    }

    /// Truths, each with that probability.
    public static func bernoulli(
        _ shape: [Int],
        probability: Double,
        device: Device = .cpu,
        using source: RandomSource
    ) -> Tensor {
        uniform(shape, using: source).isLess(than: probability).moved(to: device)
    }

    /// Whole numbers in `0 ..< bound`, each equally likely.
    public static func integers(
        _ shape: [Int],
        below bound: Int,
        device: Device = .cpu,
        using source: RandomSource
    ) -> Tensor {
        let drawn = shared(shape, 0) { shape in
            Tensor((0..<shape.reduce(1, *)).map { _ in source.next(below: bound) }, shape: shape)
        }
        return drawn.moved(to: device)
    }

    /// What is drawn for all pictures, or a process's own part of it.
    private static func shared(
        _ shape: [Int],
        _ axis: Int,
        _ draw: ([Int]) -> Tensor
    ) -> Tensor {
        guard let group = ProcessGroup.current, !shape.isEmpty else { return draw(shape) }
        var whole = shape
        whole[axis] *= group.count
        return draw(whole).share(of: group, along: axis)
    }

    private typealias Draw = (
        UInt64, UInt64, UInt64, UnsafePointer<Int64>?, Int32, Int32,
        UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32

    /// All devices get the processor's numbers, so a seed means the same everywhere.
    private static func draw(
        _ shape: [Int],
        _ dtype: DType,
        _ source: RandomSource,
        _ function: Draw
    ) -> Tensor {
        precondition(dtype.isFloatingPoint, "random numbers of type \(dtype.rawValue)")
        let count = shape.reduce(1, *)
        let perBlock = dtype == .float64 ? 2 : 4
        let place = source.advance(blocks: (count + perBlock - 1) / perBlock)
        let sizes = shape.map(Int64.init)
        var result: OpaquePointer?
        require(
            function(
                place.seed,
                place.stream,
                place.position,
                sizes,
                Int32(sizes.count),
                dtype.code,
                &result
            ),
            "draw random numbers of shape \(shape)"
        )
        guard let result else { fatalError("no random numbers of shape \(shape)") }
        return Tensor(TensorHandle(result))
    }
}
