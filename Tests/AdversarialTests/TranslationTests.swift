import Adversarial
import Neural
import Settings
import TestSupport
import Testing
import Torch

/// Networks that translate pictures, and those that judge them.
@Suite struct TranslationTests {
    private func settings(_ found: FixtureCase) -> Translation.Settings {
        var settings = Translation.Settings()
        settings.network = found.operation == "residual" ? .residual : .unet
        settings.width = found.integer("width")
        settings.levels = found.integer("levels", default: 4)
        settings.blocks = found.integer("blocks", default: 1)
        (settings.judge.width, settings.judge.layers) = (
            found.integer("width"), found.integer("layers", default: 1)
        )
        return settings
    }

    private func streams() -> NetworkStreams {
        NetworkStreams(weights: RandomSource(seed: 1), chance: RandomSource(seed: 2))
    }

    /// What PyTorch draws with the same weights, in both number types.
    @Test(
        arguments: try FixtureCase.all(in: "translation").filter { $0.operation != "steps" },
        [DType.float64, .float32]
    )
    func networksEqualThePapers(_ found: FixtureCase, _ dtype: DType) throws {
        let shape = found.integers("shape")
        let settings = settings(found)
        #expect(settings.problems.isEmpty)
        let spec = ImageSpec(height: shape[2], width: shape[3], channels: 3)
        #expect(Translation.problems(settings, for: spec).isEmpty)
        let isJudge = found.operation == "patches"
        let generator = TranslationGenerator(settings, for: spec, using: streams())
        let judges = TranslationJudges(settings, for: spec, using: streams())
        let network = isJudge ? judges as Module : generator
        for (name, parameter) in network.members.parameters {
            parameter.wrappedValue = NamedNumbers.tensor(
                "\(found.name)/\(name)",
                parameter.wrappedValue.shape,
                scale: 0.3,
                shift: 0
            ).converted(to: dtype)
        }
        let pictures = NamedNumbers.tensor(
            "\(found.name)/pictures",
            shape,
            scale: 1,
            shift: 0
        ).converted(to: dtype)
        let made = withoutGradients {
            isJudge
                ? judges(
                    pictures.sliced(3..<6, along: 1),
                    from: pictures.sliced(0..<3, along: 1)
                ) : generator.translated(pictures)
        }
        let expected = found.tensor("output", as: dtype)
        let tolerance = dtype == .float64 ? 1e-9 : 1e-4
        #expect(mismatch(made, expected, tolerance: tolerance) == nil)
        // The numbers are of a size that the tolerance means something for.
        #expect(expected.absolute().mean().item() > 0.1)
    }

    /// Weights of both ways have names, and only of those that there are.
    @Test(arguments: [Translation.Mode.paired, .cycle]) func waysHaveNames(
        _ mode: Translation.Mode
    ) {
        var settings = Translation.Settings()
        (settings.mode, settings.width, settings.levels) = (mode, 2, 3)
        (settings.judge.width, settings.judge.layers) = (2, 1)
        let spec = ImageSpec(height: 16, width: 8, channels: 1)
        let generator = TranslationGenerator(settings, for: spec, using: streams())
        let judges = TranslationJudges(settings, for: spec, using: streams())
        for module in [generator, judges] as [Module] {
            let starts = Set(module.members.parameters.map { String($0.name.prefix(5)) })
            #expect(starts == (mode == .cycle ? ["there", "back."] : ["there"]))
        }
        #expect(generator.goesBack == (mode == .cycle))
        let examples = Tensor.uniform([3, 1, 32, 8], from: -1, to: 1, using: RandomSource(seed: 3))
        let shown = withoutGradients {
            generator.examples(.zeros([3, 1]), labels: nil, beside: (examples, nil))
        }
        #expect(shown.shape == [3, 1, 16, 8 * (mode == .cycle ? 6 : 3)])
        let marks = withoutGradients { generator.validationMetrics((examples, nil)) }
        #expect(marks.count == (mode == .cycle ? 3 : 2) && marks.allSatisfy { $0.value > 0 })
        let features = judges.features(examples, labels: nil)
        #expect(judges.logits(features, labels: nil).shape == [3])
        #expect(generator(.zeros([2, 1]), labels: nil).shape == [2, 1, 16, 8])
    }

    /// Sides that cannot be halved as often are refused, by the key that says how often.
    @Test func sizesAreChecked() {
        var settings = Translation.Settings()
        func refused(_ height: Int, _ width: Int) -> [[String]] {
            Translation.problems(
                settings,
                for: ImageSpec(height: height, width: width, channels: 3)
            )
            .map(\.path)
        }
        #expect(refused(256, 512).isEmpty)
        #expect(refused(128, 128) == [["levels"]])
        settings.levels = 3
        #expect(refused(64, 64).isEmpty && refused(16, 16) == [["judge", "layers"]])
        settings.network = .residual
        #expect(refused(36, 60).isEmpty && refused(34, 60) == [["network"]])
        settings.dropout = 1
        (settings.mode, settings.cycle) = (.cycle, 0)
        #expect(settings.problems.map(\.path) == [["dropout"], ["cycle"]])
    }

    /// The first drawings are shown as they are; then half of those shown are earlier ones.
    @Test func poolsShowWhatWasDrawnBefore() {
        let pool = PicturePool(size: 4, for: ImageSpec(height: 2, width: 2, channels: 1))
        let source = RandomSource(seed: 5)
        func picture(_ number: Int) -> Tensor { .full([1, 1, 2, 2], Double(number)) }
        for number in 0..<4 {
            let shown = pool.shown(picture(number), using: source)
            #expect(shown.floats() == picture(number).floats())
        }
        var (earlier, seen) = (0, Set<Float>())
        for number in stride(from: 4, to: 404, by: 2) {
            let shown = pool.shown(
                Tensor.concatenated([picture(number), picture(number + 1)]),
                using: source
            )
            #expect(shown.shape == [2, 1, 2, 2])
            for (place, first) in [0, 4].enumerated() {
                let value = shown.floats()[first]
                #expect(value <= Float(number + place))
                earlier += value == Float(number + place) ? 0 : 1
                #expect(value == Float(number + place) || seen.insert(value).inserted)
            }
        }
        #expect((150...250).contains(earlier))
        let none = PicturePool(size: 0, for: ImageSpec(height: 2, width: 2, channels: 1))
        #expect(none.shown(picture(7), using: source).floats() == picture(7).floats())
    }
}
