import Checks
import Torch

/// Compares derivatives with central differences, in float64.
///
/// The function's result is weighted with fixed random numbers and summed. The second order
/// compares, in the same way, the derivatives of the first derivatives weighted and summed.
public struct GradientCheck {
    /// How far a number is moved to either side.
    public var step = 1e-6
    /// What a difference quotient may be off, relative to the largest derivative or 1.
    public var tolerance = 1e-6
    /// 1 for first derivatives alone, 2 for second derivatives as well.
    public var order = 2

    /// A check of first and second derivatives.
    public init(order: Int = 2, step: Double = 1e-6, tolerance: Double = 1e-6) {
        self.order = order
        self.step = step
        self.tolerance = tolerance
    }

    /// How derivatives and differences differ at these points, or nothing where they agree.
    ///
    /// - Precondition: the inputs are of type float64.
    public func mismatch(
        at inputs: [Tensor],
        _ function: @escaping ([Tensor]) -> Tensor
    ) -> String? {
        precondition(inputs.allSatisfy { $0.dtype == .float64 }, "differences need float64")
        let points = inputs.map { $0.detached() }
        let source = RandomSource(seed: 1)
        let weights = Tensor.normal(
            withoutGradients { function(points) }.shape,
            dtype: .float64,
            using: source
        )
        // The weights are a variable of their own: second derivatives pass through them, too.
        let variables = points + [weights]
        let first = { (variables: [Tensor]) -> Tensor in
            let (inputs, weights) = (Array(variables.dropLast()), variables[variables.count - 1])
            return (function(inputs) * weights).sum()
        }
        if let found = compare(first, variables, "first derivative") { return found }
        guard order > 1 else { return nil }
        let directions = points.map { Tensor.normal($0.shape, dtype: .float64, using: source) }
        let second = { (variables: [Tensor]) -> Tensor in
            let slopes = gradients(
                of: first(variables),
                for: Array(variables.dropLast()),
                createsGraph: true,
                allowsUnused: true
            )
            return zip(slopes, directions).map { ($0 * $1).sum() }
                .reduce(Tensor(0, dtype: .float64), +)
        }
        return compare(second, variables, "second derivative")
    }

    private func compare(
        _ function: ([Tensor]) -> Tensor,
        _ points: [Tensor],
        _ what: String
    ) -> String? {
        let leaves = points.map { $0.requiringGradient() }
        let value = function(leaves)
        // A function that does not depend on its inputs has no record, and derivatives of zero.
        let slopes =
            value.requiresGradient
            ? gradients(of: value, for: leaves, allowsUnused: true)
            : leaves.map { $0.zerosLike() }
        for (index, slope) in slopes.enumerated() {
            let differences = quotients(function, points, index)
            let place = index == points.count - 1 ? "weights" : "input \(index)"
            if let found = TestSupport.mismatch(
                slope.doubles(),
                differences,
                tolerance: tolerance,
                "\(what) for \(place)"
            ) {
                return found
            }
        }
        return nil
    }

    private func quotients(
        _ function: ([Tensor]) -> Tensor,
        _ points: [Tensor],
        _ index: Int
    ) -> [Double] {
        let elements = points[index].doubles()
        return elements.indices.map { place in
            let sides = [step, -step].map { shift in
                var moved = elements
                moved[place] += shift
                var places = points.map { $0.requiringGradient() }
                places[index] = Tensor(moved, shape: points[index].shape).requiringGradient()
                return function(places).item()
            }
            return (sides[0] - sides[1]) / (2 * step)
        }
    }
}
