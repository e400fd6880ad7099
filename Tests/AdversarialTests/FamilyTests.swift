import Adversarial
import Neural
import Runs
import TestSupport
import Testing
import Torch

@Suite struct FamilyTests {
    @Test(arguments: TestNetworks.all)
    func shapes(_ networks: TestNetworks) {
        let generator = networks.generator()
        let discriminator = networks.discriminator()
        let latents = Tensor.normal([4, generator.latentSize], using: RandomSource(seed: 3))
        let labels = networks.labels(4)
        for isTraining in [true, false] {
            generator.setTraining(isTraining)
            discriminator.setTraining(isTraining)
            let drawn = generator(latents, labels: labels)
            #expect(drawn.shape == [4, 3, 8, 8])
            let features = discriminator.features(drawn, labels: labels)
            #expect(features.vector.rank == 2)
            #expect(features.vector.size(0) == 4)
            #expect(discriminator.logits(features, labels: labels).shape == [4])
            #expect(
                TrunkShape(discriminator, for: networks.spec).vector == features.vector.size(1)
            )
        }
    }

    /// In use a picture depends on its own latents and label alone, however often it is drawn.
    @Test(arguments: TestNetworks.all)
    func drawingsInUseAreFunctionsOfTheirLatents(_ networks: TestNetworks) {
        let generator = networks.generator()
        stir(generator)
        generator.setTraining(false)
        let latents = Tensor.normal([4, generator.latentSize], using: RandomSource(seed: 3))
        let labels = networks.labels(4)
        let first = generator(latents, labels: labels)
        let second = generator(latents, labels: labels)
        #expect(first.floats() == second.floats())
        let alone = generator(
            latents.sliced(2..<3, along: 0),
            labels: labels?.sliced(2..<3, along: 0)
        )
        #expect(mismatch(alone, first.sliced(2..<3, along: 0), tolerance: 1e-5) == nil)
    }

    @Test(arguments: TestNetworks.all.filter { $0.spec.labels > 0 })
    func labelsMatter(_ networks: TestNetworks) {
        let generator = networks.generator()
        let discriminator = networks.discriminator()
        stir(generator)
        stir(discriminator)
        generator.setTraining(false)
        discriminator.setTraining(false)
        let latents = Tensor.normal([2, generator.latentSize], using: RandomSource(seed: 3))
        let drawn = [0, 1].map { generator(latents, labels: Tensor([$0, $0])) }
        #expect((drawn[0] - drawn[1]).absolute().max().item() > 1e-4)
        let judged = [0, 1].map { discriminator(drawn[0], labels: Tensor([$0, $0])) }
        #expect((judged[0] - judged[1]).absolute().max().item() > 1e-5)
    }

    @Test(arguments: TestNetworks.all.filter { !$0.name.contains("stylegan") })
    func picturesAreJudgedAloneWhereItIsSaid(_ networks: TestNetworks) {
        let discriminator = networks.discriminator()
        stir(discriminator)
        discriminator.setTraining(false)
        let pictures = Tensor.normal([4, 3, 8, 8], using: RandomSource(seed: 3))
        let labels = networks.labels(4)
        let together = discriminator(pictures, labels: labels).doubles()
        let alone = discriminator(
            pictures.sliced(0..<1, along: 0),
            labels: labels?.sliced(0..<1, along: 0)
        ).item()
        #expect((abs(together[0] - alone) < 1e-4) == !discriminator.mixesSamples)
    }

    /// The finite difference of ‖∂D/∂x‖² along a random direction of each weight, against what
    /// differentiating the derivative gives.
    @Test(arguments: TestNetworks.all, [true, false])
    func penaltiesHaveTheRightDerivatives(_ networks: TestNetworks, _ isTraining: Bool) {
        let discriminator = networks.discriminator(.float64)
        stir(discriminator)
        // Power iterations move the estimate at each use in training.
        discriminator.setTraining(isTraining && !hasSpectralNorm(networks))
        let source = RandomSource(seed: 7)
        let pictures = Tensor.normal([4, 3, 8, 8], dtype: .float64, using: source)
        let labels = networks.labels(4)
        func penalty() -> Tensor {
            let leaf = pictures.requiringGradient()
            let logits = discriminator(leaf, labels: labels)
            let slope = gradients(of: logits.sum(), for: [leaf], createsGraph: true)[0]
            return slope.squared().sum()
        }
        let parameters = discriminator.members.parameters
        let found = gradients(
            of: penalty(),
            for: parameters.map(\.parameter.wrappedValue),
            allowsUnused: true
        )
        var largest = 0.0
        for ((name, parameter), slope) in zip(parameters, found) {
            let start = parameter.wrappedValue.detached()
            let direction = Tensor.normal(start.shape, dtype: .float64, using: source)
            let sides = [1e-7, -1e-7].map { step -> Double in
                parameter.wrappedValue = start + direction * step
                return penalty().item()
            }
            parameter.wrappedValue = start
            let expected = (sides[0] - sides[1]) / 2e-7
            let along = (slope * direction).sum().item()
            largest = max(largest, abs(expected))
            #expect(
                abs(expected - along) <= 1e-5 * max(abs(expected), 1),
                "\(name): \(along), by differences \(expected)"
            )
        }
        #expect(largest > 1e-6)
    }

    private func hasSpectralNorm(_ networks: TestNetworks) -> Bool {
        networks.family.traits(networks.settings).hasSpectralNorm
    }

    @Test(arguments: ModelFamily.adversarial.map(\.name))
    func familiesAreDescribed(_ name: String) throws {
        let family = try #require(ModelFamily.adversarial.first { $0.name == name })
        #expect(!family.schema.summary.isEmpty)
        #expect(!family.schema.source.isEmpty)
        #expect(family.schema.problems(family.schema.defaults).isEmpty)
        #expect(
            !family.problems(
                family.schema.defaults,
                for: ImageSpec(height: 7, width: 8, channels: 5)
            ).isEmpty || name == "dcgan"
        )
    }
}
