import Neural
import Optimizers
import TestSupport
import Testing
import Torch

/// Whole trajectories of PyTorch's and Keras' optimizers, and of the Adafactor paper's formulas.
@Suite struct TrajectoryTests {
    static let names = ["matrix", "kernel", "vector"]

    @Test(arguments: try FixtureCase.all(in: "optimizers"), [DType.float64, .float32])
    func trajectory(of fixture: FixtureCase, in dtype: DType) throws {
        guard fixture.operation != "exponential_average" else { return }
        let rule = try #require(described(by: fixture))
        let parameters = Self.names.map { name in
            let start = fixture.shared("given/parameter/\(name)", as: dtype)
            return (name: name, parameter: Parameter(wrappedValue: start.copied()))
        }
        let optimizer = Optimizer(rule, for: parameters)
        // Keras rounds the powers of Adam's betas to float32 whatever the type.
        let exact = fixture.operation.hasPrefix("keras.") ? 1e-6 : 1e-12
        for step in 1...10 {
            optimizer.step(
                Self.names.map { fixture.shared("given/gradient/\(step)/\($0)", as: dtype) }
            )
            for (name, parameter) in parameters where fixture.has("after/\(step)/\(name)") {
                let found = mismatch(
                    parameter.wrappedValue,
                    fixture.tensor("after/\(step)/\(name)"),
                    tolerance: dtype == .float64 ? exact : 1e-5,
                    "\(name) after step \(step)"
                )
                #expect(found == nil)
            }
        }
        #expect(optimizer.stepCount == 10)
    }

    /// The case's rule in our words; nothing for an operation or option that is not known.
    private func described(by fixture: FixtureCase) -> (any UpdateRule)? {
        let known: Set = [
            "lr", "betas", "eps", "weight_decay", "amsgrad", "momentum", "dampening", "nesterov",
            "alpha", "centered", "beta2_decay", "d", "learning_rate", "beta_1", "beta_2",
            "epsilon", "epsilon1", "epsilon2", "clip",
        ]
        guard known.isSuperset(of: fixture.options.keys) else { return nil }
        switch fixture.operation {
        case "Adam":
            return Adam(
                learningRate: fixture.number("lr"),
                beta1: numbers("betas", of: fixture)?[0] ?? 0.9,
                beta2: numbers("betas", of: fixture)?[1] ?? 0.999,
                epsilon: fixture.number("eps", default: 1e-8),
                weightDecay: fixture.number("weight_decay", default: 0),
                amsgrad: fixture.flag("amsgrad", default: false)
            )
        case "AdamW":
            return AdamW(
                learningRate: fixture.number("lr"),
                beta1: numbers("betas", of: fixture)?[0] ?? 0.9,
                beta2: numbers("betas", of: fixture)?[1] ?? 0.999,
                weightDecay: fixture.number("weight_decay", default: 1e-2)
            )
        case "SGD":
            return SGD(
                learningRate: fixture.number("lr"),
                momentum: fixture.number("momentum", default: 0),
                dampening: fixture.number("dampening", default: 0),
                nesterov: fixture.flag("nesterov", default: false),
                weightDecay: fixture.number("weight_decay", default: 0)
            )
        case "RMSprop":
            return RMSprop(
                learningRate: fixture.number("lr"),
                alpha: fixture.number("alpha", default: 0.99),
                epsilon: fixture.number("eps", default: 1e-8),
                momentum: fixture.number("momentum", default: 0),
                centered: fixture.flag("centered", default: false),
                weightDecay: fixture.number("weight_decay", default: 0)
            )
        default:
            return adafactor(of: fixture) ?? keras(of: fixture)
        }
    }

    private func adafactor(of fixture: FixtureCase) -> (any UpdateRule)? {
        switch fixture.operation {
        case "Adafactor":
            Adafactor(
                learningRate: fixture.number("lr"),
                decayExponent: fixture.number("beta2_decay", default: -0.8),
                epsilon: numbers("eps", of: fixture)?[0] ?? .nan,
                scaleEpsilon: numbers("eps", of: fixture)?[1] ?? .nan,
                clippingThreshold: fixture.number("d", default: 1),
                weightDecay: fixture.number("weight_decay", default: 0),
                form: .pytorch,
                factoring: .lastTwo
            )
        case "adafactor_paper":
            Adafactor(
                learningRate: fixture.number("learning_rate"),
                decayExponent: fixture.number("beta2_decay"),
                epsilon: fixture.number("epsilon1"),
                scaleEpsilon: fixture.number("epsilon2"),
                clippingThreshold: fixture.number("clip"),
                factoring: .lastTwo
            )
        default: nil
        }
    }

    private func keras(of fixture: FixtureCase) -> (any UpdateRule)? {
        switch fixture.operation {
        case "keras.Adam":
            Adam.keras(
                learningRate: fixture.number("learning_rate"),
                beta1: fixture.number("beta_1", default: 0.9),
                beta2: fixture.number("beta_2", default: 0.999),
                epsilon: fixture.number("epsilon", default: 1e-7)
            )
        case "keras.RMSprop":
            RMSprop.keras(learningRate: fixture.number("learning_rate"))
        default: nil
        }
    }

    private func numbers(_ option: String, of fixture: FixtureCase) -> [Double]? {
        guard case .list(let list) = fixture.options[option] else { return nil }
        return list.compactMap { if case .number(let number) = $0 { number } else { nil } }
    }
}
