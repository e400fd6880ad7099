import Neural
import TestSupport
import Torch

/// Runs a layer on a fixture's case and compares everything that the case expects.
struct LayerRun {
    let fixture: FixtureCase
    let layer: FixtureLayer
    let dtype: DType
    let tolerance: Double
    /// Whether second derivatives are compared where the case has them.
    let comparesSecond: Bool

    /// What differs, or nothing.
    func mismatches() -> [String] {
        var found: [String] = []
        func compare(_ name: String, _ actual: Tensor) {
            let expected = fixture.tensor(name)
            if let problem = mismatch(actual, expected, tolerance: tolerance, name) {
                found.append(problem)
            }
        }
        var leaves = prepareModule()
        var outputs: [Tensor] = []
        let batches = ["first", "input"].filter { fixture.has($0) }
        for (step, name) in batches.enumerated() {
            let given = fixture.tensor(name, as: dtype)
            let isReal = given.dtype.isFloatingPoint
            let input = isReal ? given.requiringGradient() : given
            if isReal { leaves[name] = input }
            outputs.append(layer.call(input))
            for (name, statistic) in statistics() where fixture.has("after/\(step)/\(name)") {
                compare("after/\(step)/\(name)", statistic)
            }
        }
        var total = Tensor(0, dtype: dtype)
        let isEach = fixture.has("output/0")
        for (place, output) in outputs.enumerated() where isEach || place == outputs.count - 1 {
            let suffix = isEach ? "/\(place)" : ""
            compare("output\(suffix)", output)
            let upstream = fixture.tensor("upstream\(suffix)", as: dtype).requiringGradient()
            leaves["upstream\(suffix)"] = upstream
            total = total + (output * upstream).sum()
        }
        let names = expectedNames(under: "gradient/")
        let second = expectedNames(under: "second/")
        guard !names.isEmpty else { return found }
        let slopes = gradients(
            of: total,
            for: names.compactMap { leaves[$0] },
            createsGraph: comparesSecond && !second.isEmpty
        )
        for (name, slope) in zip(names, slopes) { compare("gradient/\(name)", slope) }
        guard comparesSecond, !second.isEmpty else { return found }
        let penalty = slopes.map { $0.squared().sum() }.reduce(Tensor(0, dtype: dtype), +)
        compare("penalty", penalty)
        let again = gradients(
            of: penalty,
            for: second.compactMap { leaves[$0] },
            allowsUnused: true
        )
        for (name, slope) in zip(second, again) { compare("second/\(name)", slope) }
        return found
    }

    /// Names of what the case expects, in order.
    private func expectedNames(under prefix: String) -> [String] {
        fixture.tensorNames.filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.count))
        }
    }

    /// Gives the module the case's parameters and statistics.
    private func prepareModule() -> [String: Tensor] {
        guard let module = layer.module else { return [:] }
        module.convert(to: dtype)
        module.setTraining(fixture.flag("training", default: fixture.has("after/0/running_mean")))
        if let norm = module as? BatchNorm, fixture.has("running_mean") {
            norm.runningMean = fixture.tensor("running_mean", as: dtype)
            norm.runningVariance = fixture.tensor("running_var", as: dtype)
        }
        var leaves: [String: Tensor] = [:]
        for (name, parameter) in module.members.parameters {
            let given = fixture.tensor(name, as: dtype)
            precondition(given.shape == parameter.wrappedValue.shape, "shape of \(name)")
            parameter.wrappedValue = given
            leaves[name] = parameter.wrappedValue
        }
        return leaves
    }

    private func statistics() -> [(name: String, tensor: Tensor)] {
        guard let norm = layer.module as? BatchNorm else { return [] }
        return [("running_mean", norm.runningMean), ("running_var", norm.runningVariance)]
    }
}
