import Adversarial
import Neural
import Runs
import TestSupport
import Testing
import Torch

@Suite struct RegulariserTests {
    private let source = RandomSource(seed: 4)
    private let discriminator: LinearDiscriminator
    private let real: Tensor
    private let fake: Tensor

    init() {
        discriminator = LinearDiscriminator(.normal([1, 2, 3, 3], dtype: .float64, using: source))
        real = .normal([5, 2, 3, 3], dtype: .float64, using: source)
        fake = .normal([5, 2, 3, 3], dtype: .float64, using: source)
    }

    private var turn: DiscriminatorTurn { DiscriminatorTurn(discriminator, real: real, fake: fake) }

    private var slope: Double { discriminator.weight.squared().sum().squareRoot().item() }

    @Test func thePenaltyOfALinearCriticIsExact() throws {
        var settings = GradientPenalty.Settings()
        settings.weight = 3
        let two = try #require(GradientPenalty(settings).discriminatorTerm(turn)).item()
        #expect(abs(two - 3 * (slope - 1) * (slope - 1)) < 1e-9)
        settings.sides = .one
        settings.target = slope + 1
        let below = try #require(GradientPenalty(settings).discriminatorTerm(turn)).item()
        #expect(below == 0)
        settings.sides = .two
        let off = try #require(GradientPenalty(settings).discriminatorTerm(turn)).item()
        #expect(abs(off - 3) < 1e-9)
    }

    @Test func theSlopeAroundRealPicturesIsExact() throws {
        var settings = NeighbourhoodPenalty.Settings()
        settings.weight = 3
        let term = try #require(NeighbourhoodPenalty(settings).discriminatorTerm(turn)).item()
        #expect(abs(term - 3 * (slope - 1) * (slope - 1)) < 1e-9)
        // Points lie beside pictures, as far as the radius says.
        var seen: [Tensor] = []
        let watched = DiscriminatorTurn(discriminator, real: real, fake: fake) {
            seen.append($0.detached())
            return $0
        }
        seen = []
        _ = NeighbourhoodPenalty(settings).discriminatorTerm(watched)
        let away = (try #require(seen.last) - real) / 0.5
        let deviation = ((real - real.mean()).squared().mean()).squareRoot().item()
        #expect(away.min().item() >= 0 && away.max().item() <= deviation)
        #expect(away.max().item() > 0.3 * deviation)
    }

    /// A network whose slope is zero has a penalty with derivatives that are numbers.
    @Test func aFlatCriticHasAPenaltyWithDerivatives() throws {
        let flat = LinearDiscriminator(.zeros([1, 2, 3, 3], dtype: .float64))
        let turn = DiscriminatorTurn(flat, real: real, fake: fake)
        let term = try #require(GradientPenalty(.init()).discriminatorTerm(turn))
        let found = gradients(of: term, for: [flat.weight], allowsUnused: true)[0]
        #expect(found.isFinite().all())
    }

    @Test func zeroCentredPenaltiesAreHalfTheSquaredSlope() throws {
        var settings = ZeroCentredSettings()
        settings.weight = 4
        for term in [
            RealPenalty(settings).discriminatorTerm(turn),
            FakePenalty(settings).discriminatorTerm(turn),
        ] {
            #expect(abs(try #require(term).item() - 2 * slope * slope) < 1e-9)
        }
        settings.interval = 16
        let lazy = RealPenalty(settings)
        #expect(lazy.needs(turn: 16) == (true, false))
        #expect(lazy.needs(turn: 17) == (false, false))
        let due = try #require(lazy.discriminatorTerm(turn)).item()
        #expect(abs(due - 32 * slope * slope) < 1e-8)
        let other = DiscriminatorTurn(discriminator, real: real, fake: fake, turn: 17)
        #expect(lazy.discriminatorTerm(other) == nil)
        #expect(FakePenalty(settings).needs(turn: 32) == (false, true))
    }

    /// Against a linear critic all steps go one way: the logit falls by the radius times all weights' sizes.
    @Test(arguments: [Hardening.Kind.fgsm, .pgd])
    func changedPicturesOfALinearCriticAreExact(_ kind: Hardening.Kind) throws {
        var settings = Hardening.Settings()
        (settings.kind, settings.radius, settings.weight, settings.share) = (kind, 5.1, 3, 0.4)
        // Nothing comes near the ends of the range.
        let turn = DiscriminatorTurn(discriminator, real: real * 0.1, fake: fake)
        let term = try #require(Hardening(settings).discriminatorTerm(turn)).item()
        let fall = discriminator.weight.absolute().sum().item() * 5.1 * 2 / 255
        let logits = discriminator(real * 0.1).sliced(0..<2, along: 0).mean().item()
        let drawn = discriminator(fake).sliced(0..<2, along: 0).mean().item()
        #expect(abs(term - 3 * (drawn - (logits - fall))) < 1e-9)
        // The loss has derivatives by the weights.
        let again = try #require(Hardening(settings).discriminatorTerm(turn))
        let slope = gradients(of: again, for: [discriminator.weight], allowsUnused: true)[0]
        #expect(slope.absolute().sum().item() > 0)
        settings.radius = 0
        #expect(settings.problems.count == 1)
    }

    @Test func clippingBoundsEveryWeight() {
        var settings = WeightClipping.Settings()
        settings.bound = 0.25
        WeightClipping(settings).settle(discriminator)
        #expect(discriminator.weight.absolute().max().item() == 0.25)
        #expect(discriminator.weight.requiresGradient)
    }

    @Test func driftIsTheMeanSquareOfRealLogits() throws {
        var settings = Drift.Settings()
        settings.weight = 0.5
        let term = try #require(Drift(settings).discriminatorTerm(turn)).item()
        let expected = discriminator(real).squared().mean().item() / 2
        #expect(abs(term - expected) < 1e-9)
    }

    @Test func leCamStartsFromTheFirstMeansAndFollows() throws {
        var settings = LeCam.Settings()
        settings.weight = 1
        settings.startTurns = 0
        settings.decay = 0.5
        let lecam = LeCam(settings)
        lecam.convert(to: .float64)
        let first = turn
        let (a, b) = (first.realLogits.mean().item(), first.fakeLogits.mean().item())
        let term = try #require(lecam.discriminatorTerm(first)).item()
        #expect(mismatch(lecam.means.doubles(), [a, b], tolerance: 1e-12) == nil)
        let expected =
            (first.realLogits - b).relu().squared().mean().item()
            + (a - first.fakeLogits).relu().squared().mean().item()
        #expect(abs(term - expected) < 1e-9)
        let shifted = DiscriminatorTurn(discriminator, real: real * 3, fake: fake)
        _ = lecam.discriminatorTerm(shifted)
        #expect(mismatch(lecam.means.doubles(), [2 * a, b], tolerance: 1e-9) == nil)
        settings.startTurns = 10
        #expect(LeCam(settings).discriminatorTerm(turn) == nil)
    }

    /// Of two linear critics in one, the steeper counts: the largest slope of the batch, not the mean.
    @Test func theLargestSlopeCounts() throws {
        var settings = LargestGradientPenalty.Settings()
        settings.weight = 3
        let term = try #require(LargestGradientPenalty(settings).discriminatorTerm(turn)).item()
        #expect(abs(term - 3 * slope * slope) < 1e-8)
        #expect(turn.slopes(at: turn.between()).shape == [5])
    }

    @Test func nearLatentsHaveTheSameLogit() throws {
        var settings = LatentConsistency.Settings()
        (settings.weight, settings.deviation) = (2, 0.5)
        let part = LatentConsistency(settings)
        #expect(part.discriminatorTerm(turn) == nil)
        // What is drawn are the latents themselves.
        var turn = turn
        turn.latents = fake
        var moved: Tensor?
        turn.drawing = {
            moved = $0
            return $0
        }
        let term = try #require(part.discriminatorTerm(turn)).item()
        let other = try #require(moved)
        let expected = (discriminator(other) - discriminator(fake)).squared().mean().item() * 2
        #expect(abs(term - expected) < 1e-8)
        let deviation = (other - fake).squared().mean().squareRoot().item()
        #expect(abs(deviation - 0.5) < 0.1)
    }

    @Test func consistencyComparesTwoAugmentations() throws {
        var count = 0.0
        let turn = DiscriminatorTurn(discriminator, real: real, fake: fake) { pictures in
            count += 1
            return pictures * count
        }
        // Real pictures by 1, drawn by 2, real again by 3.
        var settings = Consistency.Settings()
        settings.weight = 2
        let term = try #require(Consistency(settings).discriminatorTerm(turn)).item()
        let expected = discriminator(real).squared().mean().item() * 2 * 4
        #expect(abs(term - expected) < 1e-8)
    }

    /// For a linear map y = w·J of a style, the length is the norm of J times the random picture.
    @Test func pathLengthOfALinearMapIsExact() {
        let map = Tensor.normal([6, 12], dtype: .float64, using: source)
        let styles = Tensor.normal([3, 2, 6], dtype: .float64, using: source).requiringGradient()
        let pictures = styles.sum(over: [1]).multiplied(by: map).reshaped([3, 3, 2, 2])
        let noise = Tensor.normal([3, 3, 2, 2], dtype: .float64, using: source)
        let lengths = PathLength.lengths(of: pictures, by: styles, along: noise)
        // The same derivative in both layers, so that their mean is one's.
        let slope = noise.reshaped([3, 12]).multiplied(by: map.transposed()) / 2
        let expected = slope.squared().sum(over: [1]).squareRoot()
        #expect(mismatch(lengths, expected, tolerance: 1e-9) == nil)
    }

    @Test func spectralNormsAreThoseOfTheDecomposition() {
        for shape in [[8, 5], [6, 3, 3, 3], [1, 20]] {
            let weight = Tensor.normal(shape, using: source)
            let norm = SpectralNorm(outputs: shape[0], using: source)
            for _ in 0..<20 { _ = norm(weight) }
            let largest = weight.reshaped([shape[0], -1]).singularValues().values.max().item()
            let found = norm.norm(of: weight).item()
            #expect(abs(found / largest - 1) < 0.01, "\(shape): \(found) for \(largest)")
            // In use the estimate stays.
            norm.setTraining(false)
            let before = norm.left.floats()
            _ = norm(weight)
            #expect(norm.left.floats() == before)
        }
    }

    /// The estimate is kept in single precision, whatever the network around it computes in.
    @Test func shortTypesDoNotReachTheEstimate() {
        let norm = SpectralNorm(outputs: 16, using: source)
        let weight = Tensor.normal([16, 16], using: source).requiringGradient()
        let value = autocast(.bfloat16) { norm.norm(of: weight) }
        #expect(value.dtype == .float32)
        #expect(norm.left.dtype == .float32)
        norm.setTraining(false)
        #expect(abs(norm.norm(of: weight).item() - value.item()) < 0.2 * value.item())
    }

    /// Layers that cannot stretch make a network that cannot.
    @Test func spectralNormBoundsTheSlope() {
        var settings = DCGAN.Settings()
        settings.discriminator.norm = .spectral
        settings.discriminator.widths = [4, 6]
        settings.discriminator.dropout = 0
        let network = DCGANDiscriminator(
            settings,
            for: ImageSpec(height: 8, width: 8, channels: 1),
            using: NetworkStreams(weights: source, chance: source)
        )
        for parameter in network.parameters {
            parameter.wrappedValue = parameter.wrappedValue.detached() * 50
        }
        let pictures = Tensor.normal([4, 1, 8, 8], using: source).requiringGradient()
        for _ in 0..<20 { _ = network(pictures) }
        let slope = gradients(of: network(pictures).sum(), for: [pictures])[0]
        // A 5×5 kernel of norm 1 meets each pixel up to nine times at stride 2: a factor of 3.
        #expect(slope.squared().sum(over: [1, 2, 3]).squareRoot().max().item() < 9)
    }
}
