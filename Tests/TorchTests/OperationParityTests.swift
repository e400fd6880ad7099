import TestSupport
import Testing
import Torch

/// Every operation and its gradients against whole tensors that PyTorch made in float64.
@Suite struct OperationParityTests {
    /// Losses belong to `Neural`.
    static let elsewhere: Set = [
        "bce_with_logits", "cross_entropy", "l1_loss", "mse_loss", "smooth_l1_loss",
    ]

    /// libtorch's fused attention has no second derivative, except with a mask that has one.
    static let onceOnly: Set = ["scaled_dot_product_attention"]

    static func cases() throws -> [FixtureCase] {
        try FixtureCase.all(in: "operations").filter { !elsewhere.contains($0.operation) }
    }

    @Test func tableAndFixtureHoldTheSameOperations() throws {
        let operations = try Set(FixtureCase.all(in: "operations").map(\.operation))
        #expect(OperationTable.names.union(Self.elsewhere) == operations)
    }

    @Test(arguments: try cases()) func agreesInFloat64(_ fixture: FixtureCase) {
        let problems = compare(fixture, in: .float64, tolerance: 1e-12)
        #expect(problems.isEmpty)
    }

    @Test(arguments: try cases()) func agreesInFloat32(_ fixture: FixtureCase) {
        let problems = compare(fixture, in: .float32, tolerance: 1e-5)
        #expect(problems.isEmpty)
    }

    @Test(arguments: try cases().filter { !$0.gradientNames.isEmpty })
    func derivativesAreThoseOfDifferences(_ fixture: FixtureCase) {
        let names = fixture.gradientNames
        let rest = fixture.givenTensors(in: .float64)
        let check = GradientCheck(order: Self.onceOnly.contains(fixture.operation) ? 1 : 2)
        let problem = check.mismatch(at: names.map { fixture.tensor($0, as: .float64) }) { points in
            let variables = Dictionary(uniqueKeysWithValues: zip(names, points))
            let given = Given(fixture, rest.merging(variables) { $1 })
            let results = OperationTable.results(of: given)
            return Tensor.concatenated(results.map { $0.reshaped([-1]) })
        }
        #expect(problem == nil)
    }

    private func compare(
        _ fixture: FixtureCase,
        in dtype: DType,
        tolerance: Double
    ) -> [String] {
        let names = fixture.gradientNames
        var tensors = fixture.givenTensors(in: dtype)
        for name in names { tensors[name] = tensors[name]?.requiringGradient() }
        let results = OperationTable.results(of: Given(fixture, tensors))
        let outputs = fixture.tensorNames(under: "output")
        guard results.count == outputs.count else {
            return ["expected \(outputs.count) results, found \(results.count)"]
        }
        var problems = zip(outputs, results).compactMap { name, result in
            mismatch(result, fixture.tensor(name), tolerance: tolerance, name)
        }
        guard !names.isEmpty else { return problems }
        let weighted = zip(fixture.tensorNames(under: "upstream"), results).map { name, result in
            (result * fixture.tensor(name, as: dtype)).sum()
        }
        let slopes = gradients(
            of: weighted.reduce(Tensor(0, dtype: dtype), +),
            for: names.compactMap { tensors[$0] }
        )
        problems += zip(names, slopes).compactMap { name, slope in
            let expected = fixture.tensor("gradient/\(name)")
            return mismatch(slope, expected, tolerance: tolerance, "gradient of \(name)")
        }
        return problems
    }
}

extension FixtureCase {
    fileprivate func tensorNames(under name: String) -> [String] {
        tensorNames.filter { $0 == name || $0.hasPrefix("\(name)/") }
    }

    fileprivate var gradientNames: [String] {
        tensorNames(under: "gradient").map { String($0.dropFirst("gradient/".count)) }
    }

    fileprivate func givenTensors(in dtype: DType) -> [String: Tensor] {
        let made = ["output", "upstream", "gradient"].flatMap(tensorNames(under:))
        let given = Set(tensorNames).subtracting(made)
        return Dictionary(uniqueKeysWithValues: given.map { ($0, tensor($0, as: dtype)) })
    }
}
