import Torch

/// A weighted sum of all inputs for each output.
///
/// Shape: …×inputs → …×outputs.
public final class Dense: Module {
    /// Weights, outputs×inputs.
    @Parameter public var weight: Tensor
    /// What is added to each output.
    public let bias: Parameter?
    /// What is added to the weights; nothing for most layers.
    public private(set) var update: LowRankUpdate?
    /// Whether the outputs leave the network, or the inputs come from outside: rules that treat matrices as a whole
    /// leave such a layer to others.
    public var isOuter = false
    private let form: FormedWeight
    private let spectral: SpectralNorm?

    /// A layer with weights drawn from the source.
    ///
    /// - Parameters:
    ///   - inputs: Numbers that come in.
    ///   - outputs: Numbers that go out.
    ///   - bias: Whether a learned number is added to each output.
    ///   - initializer: How the weights are drawn.
    ///   - biasInitializer: How the bias is drawn; when absent, zeros, and as PyTorch does
    ///     where the weights' initializer is `.torchDefault`.
    ///   - form: How the weights kept become those multiplied with.
    ///   - source: Where the numbers come from.
    public init(
        inputs: Int,
        outputs: Int,
        bias: Bool = true,
        initializer: Initializer = .glorotUniform,
        biasInitializer: Initializer? = nil,
        form: WeightForm = .plain,
        using source: RandomSource
    ) {
        let fans = Fans(inputs: inputs, outputs: outputs)
        weight = form.initializer(initializer).draw([outputs, inputs], fans: fans, using: source)
        let first = biasInitializer ?? initializer.forBias
        self.bias =
            bias
            ? Parameter(wrappedValue: first.draw([outputs], fans: fans, using: source)) : nil
        self.form = FormedWeight(form, fans: fans)
        spectral = form.spectralNorm(outputs: outputs, using: source)
    }

    /// The weighted sums.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.linear(weight: form.weight(whole, spectral), bias: form.bias(bias))
    }

    /// The weights, with what is added to them.
    public var whole: Tensor { update.map { weight + $0.product } ?? weight }

    /// Adds something of few numbers to the weights, zero at first.
    ///
    /// - Precondition: nothing has looked at the layer's members yet.
    public func addUpdate(rank: Int, strength: Double, using source: RandomSource) {
        update = LowRankUpdate(of: weight.shape, rank: rank, strength: strength, using: source)
    }
}
