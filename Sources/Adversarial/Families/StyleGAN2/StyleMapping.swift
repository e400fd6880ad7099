import Checks
import Neural
import Torch

/// Latents and labels mapped to styles.
///
/// Source: Karras et al., 2019, section 2; both inputs are brought to mean square 1 first.
final class StyleMapping: Module {
    private let embedding: Dense?
    private let layers: [Dense]
    private let spec: ImageSpec

    /// A mapping of so many latents (0 for none) to styles of that width.
    init(
        latent: Int,
        for spec: ImageSpec,
        style: Int,
        layers: Int,
        using source: RandomSource
    ) {
        self.spec = spec
        embedding =
            spec.labels > 0
            ? Dense(
                inputs: spec.labels,
                outputs: style,
                form: .equalised(gain: 1),
                using: source
            ) : nil
        let first = latent + (spec.labels > 0 ? style : 0)
        self.layers = (0..<layers).map { index in
            Dense(
                inputs: index == 0 ? first : style,
                outputs: style,
                form: .equalised(gain: 1, rate: 0.01),
                using: source
            )
        }
    }

    func callAsFunction(_ latents: Tensor?, labels: Tensor?) -> Tensor {
        let norm = PixelNorm()
        var inputs = latents.map { [norm($0)] } ?? []
        if let embedding {
            guard let labels else { preconditionFailure("a conditional network needs labels") }
            inputs.append(norm(embedding(spec.vectors(labels, as: embedding.weight.dtype))))
        }
        var x = inputs.count == 1 ? inputs[0] : Tensor.concatenated(inputs, along: 1)
        for layer in layers { x = layer(x).balancedLeakyRelu() }
        return x
    }
}
