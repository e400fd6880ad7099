import Torch

/// A table of vectors, one for each number.
///
/// Shape: … (whole numbers in 0 ..< count) → …×width.
public final class Embedding: Module {
    /// The vectors, count×width.
    @Parameter public var weight: Tensor

    /// A layer with vectors drawn from the source.
    ///
    /// - Parameters:
    ///   - count: Numbers that have a vector.
    ///   - width: The length of a vector.
    ///   - initializer: How the vectors are drawn; normal with deviation 1 as in PyTorch.
    ///   - source: Where the numbers come from.
    public init(
        count: Int,
        width: Int,
        initializer: Initializer = .normal(deviation: 1),
        using source: RandomSource
    ) {
        weight = initializer.draw(
            [count, width],
            fans: Fans(inputs: count, outputs: width),
            using: source
        )
    }

    /// The numbers' vectors.
    public func callAsFunction(_ numbers: Tensor) -> Tensor { numbers.embedded(in: weight) }
}
