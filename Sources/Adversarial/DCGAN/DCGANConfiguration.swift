import Neural

/// All that decides the shape of a pair of DCGAN networks.
public struct DCGANConfiguration: Codable, Sendable, Equatable {
    /// Rows of a picture.
    public var height = 28
    /// Columns of a picture.
    public var width = 28
    /// Channels of a picture.
    public var channels = 1
    /// Latent numbers per picture.
    public var latent = 100
    /// Classes that both networks are told; 0 for none.
    public var classes = 0
    /// Channels of the generator's maps; the first is made by a dense layer, the second keeps its
    /// size, every later one and the picture double it.
    public var generatorWidths = [256, 128, 64]
    /// Channels of the discriminator's maps, each half the size of the one before.
    public var discriminatorWidths = [64, 128]
    /// Sides of the generator's kernels.
    public var generatorKernel = 5
    /// Sides of the discriminator's kernels.
    public var discriminatorKernel = 5
    /// Slope of the generator's leaky ReLU below zero.
    public var generatorSlope = 0.3
    /// Slope of the discriminator's leaky ReLU below zero.
    public var discriminatorSlope = 0.3
    /// Share of the old running statistics kept at each batch normalisation.
    public var decay = 0.99
    /// Number added to the variance in batch normalisation.
    public var epsilon = 1e-3
    /// Share of the discriminator's activations set to zero in training.
    public var dropout = 0.3
    /// How weights start.
    public var initializer = Initializer.glorotUniform

    /// The networks of the DCGAN tutorial on MNIST.
    public init() {}

    /// How many times larger a picture's side is than the generator's first map.
    public var enlargement: Int { 1 << max(0, generatorWidths.count - 1) }

    /// What is wrong with the numbers; empty when networks can be built from them.
    public var problems: [String] {
        var problems: [String] = []
        func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { problems.append(problem()) }
        }
        expect(
            height > 0 && height.isMultiple(of: enlargement),
            "height: expected a multiple of \(enlargement), found \(height)"
        )
        expect(
            width > 0 && width.isMultiple(of: enlargement),
            "width: expected a multiple of \(enlargement), found \(width)"
        )
        expect((1...4).contains(channels), "channels: expected 1 to 4, found \(channels)")
        expect(latent > 0, "latent: expected at least 1, found \(latent)")
        expect(classes >= 0, "classes: expected 0 or more, found \(classes)")
        expect(
            !generatorWidths.isEmpty && generatorWidths.allSatisfy { $0 > 0 },
            "generatorWidths: expected positive numbers, found \(generatorWidths)"
        )
        expect(
            !discriminatorWidths.isEmpty && discriminatorWidths.allSatisfy { $0 > 0 },
            "discriminatorWidths: expected positive numbers, found \(discriminatorWidths)"
        )
        expect(
            generatorKernel > 0 && discriminatorKernel > 0,
            "kernels: expected at least 1, found \(generatorKernel) and \(discriminatorKernel)"
        )
        expect(dropout >= 0 && dropout < 1, "dropout: expected 0 ..< 1, found \(dropout)")
        expect(
            generatorSlope > 0 && discriminatorSlope > 0,
            "slopes: expected above 0, found \(generatorSlope) and \(discriminatorSlope)"
        )
        return problems
    }
}
