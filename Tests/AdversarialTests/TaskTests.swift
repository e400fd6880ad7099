import Adversarial
import Neural
import Runs
import TestSupport
import Testing
import Torch

@Suite struct TaskTests {
    private let source = RandomSource(seed: 2)
    private let spec = ImageSpec(height: 8, width: 8, channels: 3, labels: 3)
    private let discriminator: any Discriminator

    init() {
        discriminator = DCGANDiscriminator(
            TaskTests.settings,
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
    }

    private static var settings: DCGAN.Settings {
        var settings = DCGAN.Settings()
        settings.discriminator.widths = [8, 12]
        settings.discriminator.dropout = 0
        return settings
    }

    private func made<Task: DiscriminatorTask>(
        _ type: Task.Type,
        for spec: ImageSpec,
        _ settings: Task.Settings
    ) -> Task {
        type.init(
            settings,
            on: TrunkShape(discriminator, for: self.spec),
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
    }

    private func turn(_ labels: Tensor) -> DiscriminatorTurn {
        let count = labels.size(0)
        return DiscriminatorTurn(
            discriminator,
            real: .normal([count, 3, 8, 8], using: source),
            fake: .normal([count, 3, 8, 8], using: source),
            labels: labels
        )
    }

    @Test(arguments: try FixtureCase.all(in: "contrastive"), [DType.float64, .float32])
    func contrastiveLossesAreThoseOfTheProgram(_ fixture: FixtureCase, _ dtype: DType) {
        var settings = Contrastive.Settings()
        settings.form = fixture.operation == "2c" ? .twoC : .dataToData
        settings.temperature = fixture.number("temperature")
        settings.positiveMargin = fixture.number("positive", default: 0)
        settings.negativeMargin = fixture.number("negative", default: 0)
        let pictures = fixture.tensor("pictures", as: dtype).requiringGradient()
        let own = fixture.tensor("own", as: dtype).requiringGradient()
        let loss = Contrastive.loss(
            pictures.normalized(along: 1),
            own.normalized(along: 1),
            fixture.tensor("labels").oneHot(classes: 4, dtype: dtype),
            settings
        )
        let tolerance = dtype == .float64 ? 1e-10 : 1e-4
        #expect(mismatch(loss, fixture.tensor("output"), tolerance: tolerance) == nil)
        let upstream = fixture.tensor("upstream", as: dtype)
        let found = gradients(of: (loss * upstream).sum(), for: [pictures, own])
        for (name, gradient) in zip(["pictures", "own"], found) {
            #expect(
                mismatch(gradient, fixture.tensor("gradient/\(name)"), tolerance: tolerance) == nil
            )
        }
    }

    /// Whoever has learned what is asked is paid; a label without another picture of it does no harm.
    @Test func contrastiveTasksHaveDerivativesForAnyLabels() {
        for form in Contrastive.Form.allCases {
            var settings = Contrastive.Settings()
            (settings.form, settings.width) = (form, 8)
            let task = made(Contrastive.self, for: spec, settings)
            for labels in [[0, 1, 2, 1], [1, 1, 1, 1], [2]] {
                let loss = task.discriminatorLoss(turn(Tensor(labels))).loss
                let weights = task.members.parameters.map(\.parameter.wrappedValue)
                let found = gradients(of: loss, for: weights, allowsUnused: true)
                #expect(loss.item().isFinite && found.allSatisfy { $0.isFinite().all() })
            }
        }
    }

    /// Σ of the squared products of different rows, layer by layer.
    @Test func orthogonalWeightsCostNothing() throws {
        var settings = OrthogonalPenalty.Settings()
        settings.discriminatorWeight = 2
        let turn = turn(Tensor([0, 1, 2, 1]))
        let found = try #require(OrthogonalPenalty(settings).discriminatorTerm(turn)).item()
        var wanted = 0.0
        for (name, parameter) in discriminator.members.parameters where name.hasSuffix("weight") {
            let weight = parameter.wrappedValue
            // Tables of labels are no layers.
            guard weight.rank > 1, !name.contains("projection"), !name.contains("labels") else {
                continue
            }
            let rows = weight.size(0)
            let numbers = weight.contiguous().doubles()
            let width = numbers.count / rows
            for one in 0..<rows {
                for other in 0..<rows where other != one {
                    let product = (0..<width).reduce(0.0) {
                        $0 + numbers[one * width + $1] * numbers[other * width + $1]
                    }
                    wanted += product * product
                }
            }
        }
        #expect(wanted > 0 && abs(found - 2 * wanted) < 1e-4 * wanted, "\(found), \(2 * wanted)")
        #expect(OrthogonalPenalty(.init()).discriminatorTerm(turn) == nil)
    }

    @Test func labelsOfRealAndDrawnPicturesAreNamedApart() {
        let task = made(NegativeClassification.self, for: spec, .init())
        let turn = turn(Tensor([0, 1, 2, 1]))
        let before = task.discriminatorLoss(turn).loss.item()
        for _ in 0..<200 {
            let weights = task.members.parameters.map(\.parameter)
            let found = gradients(
                of: task.discriminatorLoss(turn).loss,
                for: weights.map(\.wrappedValue)
            )
            withoutGradients {
                for (weight, gradient) in zip(weights, found) {
                    weight.wrappedValue = weight.wrappedValue - gradient * 0.1
                }
            }
        }
        // Two choices of six each at first.
        #expect(
            abs(before - 2 * 1.79) < 1 && task.discriminatorLoss(turn).loss.item() < 0.5 * before
        )
    }

    @Test func classesAreNamedByCrossEntropyOnRealPictures() {
        let task = made(Classification.self, for: spec, .init())
        let turn = turn(Tensor([0, 1, 2, 1]))
        let found = task.discriminatorLoss(turn)
        let chances = task(turn.realFeatures).softmax(along: 1).doubles()
        let expected =
            -[chances[0], chances[4], chances[8], chances[10]]
            .reduce(0) { $0 + Tensor($1, dtype: .float64).log().item() } / 4
        #expect(abs(found.loss.item() - expected) < 1e-5)
        // Drawn pictures count where a recipe says so.
        var settings = Classification.Settings()
        settings.fakeWeight = 1
        let both = made(Classification.self, for: spec, settings).discriminatorLoss(turn)
        #expect(both.loss.item() > 0)
        #expect(found.figures.map(\.name) == ["accuracy"])
    }

    @Test func propertiesAndNumbersAreLabelsToo() {
        var many = spec
        many.labelKind = .properties
        let wanted = Tensor([1, 0, 1, 0, 0, 1] as [Float], shape: [2, 3])
        let turn = DiscriminatorTurn(
            discriminator,
            real: .normal([2, 3, 8, 8], using: source),
            fake: .normal([2, 3, 8, 8], using: source),
            labels: wanted
        )
        let task = made(Classification.self, for: many, .init())
        let named = task(turn.realFeatures)
        let cross = -(named.sigmoid().log() * wanted + (1 - named.sigmoid()).log() * (1 - wanted))
        #expect(mismatch(task.discriminatorLoss(turn).loss, cross.mean(), tolerance: 1e-5) == nil)
        many.labelKind = .scalars
        let numbers = made(Classification.self, for: many, .init())
        let squares = (numbers(turn.realFeatures) - wanted).squared().mean()
        #expect(mismatch(numbers.discriminatorLoss(turn).loss, squares, tolerance: 1e-6) == nil)
    }

    @Test func rotationsAreAllFourOrTwo() {
        let task = made(Rotation.self, for: spec, .init())
        let pictures = Tensor.normal([2, 3, 8, 8], using: source)
        let (rotated, turns) = task.rotated(pictures)
        #expect(rotated.shape == [8, 3, 8, 8])
        #expect(turns.elements(as: Int.self) == [0, 0, 1, 1, 2, 2, 3, 3])
        let back = rotated.sliced(6..<8, along: 0).rotated(quarterTurns: 1)
        #expect(mismatch(back, pictures, tolerance: 0) == nil)
        let wide = ImageSpec(height: 8, width: 16, channels: 3)
        let half = made(Rotation.self, for: wide, .init())
        #expect(
            half.rotated(.normal([2, 3, 8, 16], using: source)).pictures.shape == [4, 3, 8, 16]
        )
        let found = task.discriminatorLoss(turn(Tensor([0, 1, 2, 0])))
        #expect(found.loss.item() > 0)
    }

    /// What is read is learned: a head on a trunk that shows the latents finds them.
    @Test func latentNumbersAreReadBack() {
        var settings = LatentReading.Settings()
        settings.numbers = 2
        let task = made(LatentReading.self, for: spec, settings)
        let labels = Tensor([0, 1, 2, 0, 1, 2, 0, 1])
        var turn = turn(labels)
        #expect(task.discriminatorLoss(turn).loss.item() == 0)
        turn.latents = .normal([8, 5], using: source)
        var last = task.discriminatorLoss(turn).loss.item()
        let first = last
        for _ in 0..<200 {
            let loss = task.discriminatorLoss(turn).loss
            last = loss.item()
            let weights = task.parameters.map(\.wrappedValue)
            let slopes = gradients(of: loss, for: weights, keepsGraph: true)
            for (parameter, slope) in zip(task.parameters, slopes) {
                parameter.wrappedValue = parameter.wrappedValue.detached() - slope * 0.02
            }
        }
        #expect(last < 0.5 * first, "\(first) to \(last)")
    }

    @Test func restorationLooksAtHiddenPixels() {
        let task = made(Restoration.self, for: spec, .init())
        let found = task.discriminatorLoss(turn(Tensor([0, 1, 2, 0])))
        #expect(found.figures.map(\.name) == ["hidden_error", "mean_fill_error"])
        #expect(found.loss.item() > found.figures[0].value.item())
        #expect(task.generatorWeight == 0)
        // What is visible stays to the last bit.
        let pictures = Tensor.uniform([2, 3, 8, 8], from: -1, to: 1, using: source)
        var mask = [Float](repeating: 1, count: 128)
        for place in 20..<30 { mask[place] = 0 }
        let visible = Tensor(mask, shape: [2, 1, 8, 8])
        let filled = task.filled(pictures, visible: visible, by: discriminator)
        let kept = ((filled .== pictures).converted(to: .float32) * visible).sum().item()
        #expect(kept == visible.sum().item() * 3)
        #expect(filled.absolute().max().item() <= 1)
        #expect(mismatch(filled, pictures, tolerance: 1e-3) != nil)
    }

    @Test func balanceMakesGradientsEquallyLong() {
        let balance = TaskBalance(tasks: 2, decay: 0)
        let objective = Objective(loss: .hinge, isBalanced: true)
        #expect(objective.balance == nil)
        let weight = discriminator.sharedWeight
        let pictures = Tensor.normal([4, 3, 8, 8], using: source)
        let value = discriminator(pictures, labels: Tensor([0, 1, 2, 0])).sum()
        balance.observe(loss: value, tasks: [value * 4, value * 0.001], at: weight)
        #expect(mismatch(balance.factors, [0.25, 100], tolerance: 1e-3) == nil)
    }
}
