import Torch

/// A table of vectors, one for each number.
///
/// Shape: … (whole numbers in 0 ..< count) → …×width.
public final class Embedding: Module {
    /// The vectors, count×width.
    @Parameter public var weight: Tensor
    private let form: FormedWeight
    private let spectral: SpectralNorm?

    /// A layer with vectors drawn from the source.
    ///
    /// - Parameters:
    ///   - count: Numbers that have a vector.
    ///   - width: The length of a vector.
    ///   - initializer: How the vectors are drawn; normal with deviation 1 as in PyTorch.
    ///   - form: How the vectors kept become those given.
    ///   - source: Where the numbers come from.
    public init(
        count: Int,
        width: Int,
        initializer: Initializer = .normal(deviation: 1),
        form: WeightForm = .plain,
        using source: RandomSource
    ) {
        let fans = Fans(inputs: count, outputs: width)
        weight = form.initializer(initializer).draw([count, width], fans: fans, using: source)
        self.form = FormedWeight(form, fans: fans)
        spectral = form.spectralNorm(outputs: count, using: source)
    }

    /// The numbers' vectors, or the sum of all vectors, each times its share.
    ///
    /// Shape: … whole numbers → …×width; or …×count shares → …×width.
    public func callAsFunction(_ numbers: Tensor) -> Tensor {
        let table = form.weight(weight, spectral)
        return numbers.dtype.isFloatingPoint
            ? numbers.converted(to: table.dtype).multiplied(by: table)
            : numbers.embedded(in: table)
    }
}
