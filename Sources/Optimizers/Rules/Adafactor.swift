import Foundation
import Torch

/// Adafactor: the mean square of a matrix is kept as its row and column means alone.
///
/// Memory is rows + columns rather than rows × columns; steps are shortened when they would be
/// longer than usual. Vectors keep their whole mean square.
/// Source: Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost",
/// ICML 2018, Algorithms 4 to 6.
public struct Adafactor: UpdateRule, Codable, Hashable {
    /// Where ε₁ enters.
    public enum Form: String, Codable, Sendable, CaseIterable {
        /// Added to the squared gradient, as the paper prints it.
        case paper
        /// A lower bound of the row means' mean and, squared, of the mean square, as in PyTorch.
        case pytorch
    }

    /// What is a matrix when a weight has more than two dimensions.
    public enum Factoring: String, Codable, Sendable, CaseIterable {
        /// All dimensions after the first together: a convolution is out × (in · k · k).
        case flattened
        /// The last two dimensions, once for each place of the others, as in PyTorch.
        case lastTwo
    }

    /// The rule's name, `adafactor`.
    public var name: String { "adafactor" }
    /// The size of steps, or their limit when they shrink with time.
    public var learningRate: Double
    /// Whether the rate in step t is at most 1 / √t.
    public var shrinksWithTime: Bool
    /// Whether the rate is relative to the root mean square of the weight.
    public var scalesByParameter: Bool
    /// Step t lets t to this power of the new squares in.
    public var decayExponent: Double
    /// Keeps the divisor away from zero (ε₁).
    public var epsilon: Double
    /// The least root mean square that a weight counts with (ε₂).
    public var scaleEpsilon: Double
    /// The greatest root mean square of an update before the rate.
    public var clippingThreshold: Double
    /// Share of the weights, times the learning rate, that a step takes away.
    public var weightDecay: Double
    /// Where ε₁ enters.
    public var form: Form
    /// What is a matrix when a weight has more than two dimensions.
    public var factoring: Factoring

    /// Settings; the defaults are the paper's, without momentum.
    public init(
        learningRate: Double = 1e-2,
        shrinksWithTime: Bool = true,
        scalesByParameter: Bool = true,
        decayExponent: Double = -0.8,
        epsilon: Double = 1e-30,
        scaleEpsilon: Double = 1e-3,
        clippingThreshold: Double = 1,
        weightDecay: Double = 0,
        form: Form = .paper,
        factoring: Factoring = .flattened
    ) {
        self.learningRate = learningRate
        self.shrinksWithTime = shrinksWithTime
        self.scalesByParameter = scalesByParameter
        self.decayExponent = decayExponent
        self.epsilon = epsilon
        self.scaleEpsilon = scaleEpsilon
        self.clippingThreshold = clippingThreshold
        self.weightDecay = weightDecay
        self.form = form
        self.factoring = factoring
    }

    /// One rate for all weights and all steps, for players whose balance must not drift.
    public static func constant(learningRate: Double) -> Adafactor {
        Adafactor(learningRate: learningRate, shrinksWithTime: false, scalesByParameter: false)
    }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    public func validate() throws(OptimizerError) {
        try OptimizerError.checkNotNegative("learningRate", learningRate)
        try OptimizerError.check(
            decayExponent < 0 && decayExponent.isFinite,
            "decayExponent",
            decayExponent,
            "a finite number less than 0"
        )
        try OptimizerError.checkNotNegative("epsilon", epsilon)
        try OptimizerError.checkNotNegative("scaleEpsilon", scaleEpsilon)
        try OptimizerError.checkPositive("clippingThreshold", clippingThreshold)
        try OptimizerError.checkNotNegative("weightDecay", weightDecay)
    }
}
