import Neural
import Torch

/// Changes parameters along their gradients, in place.
///
/// Keeps what its rule remembers about each parameter: two moments for Adam, row and column sums
/// for Adafactor. Not `Sendable`: it stays in the actor of its parameters.
public final class Optimizer {
    /// The rule and its settings.
    public let rule: any UpdateRule
    /// The parameters with their names, in the order in which `step` takes gradients.
    public let parameters: [(name: String, parameter: Parameter)]
    /// The size of steps; a schedule may set it before each one.
    public var learningRate: Double
    /// Share of the mean square that is kept in a step, for rules that keep one: the rule's own
    /// when absent; a schedule may set it before each one.
    public var squareShare: Double?
    /// The greatest length that all gradients together may have; longer ones are shortened.
    public var gradientLimit: Double?
    /// Whether each step measures the gradients' length also when there is no limit.
    public var measuresGradients = false
    /// Length of all gradients in the last step, before shortening; reading its item waits for it.
    public private(set) var gradientNorm: Tensor?
    /// Steps taken so far.
    public internal(set) var stepCount = 0

    /// Names of what is remembered, for each parameter.
    let memoryNames: [[String]]
    /// What is remembered, for each parameter.
    var memory: [[Tensor]]
    /// Where the next step starts, if not where the weights are.
    private var origin: [Tensor]?
    private let groups: [(options: ParameterOptions, members: [Int])]

    /// An optimizer before its first step.
    ///
    /// - Parameters:
    ///   - rule: The rule and its settings.
    ///   - parameters: What is trained, with unique names; all on one device.
    ///   - options: What is different for some parameters, by name and value.
    /// - Precondition: the settings are valid (`validate()`), each parameter is there once.
    public init(
        _ rule: any UpdateRule,
        for parameters: [(name: String, parameter: Parameter)],
        options: (String, Tensor) -> ParameterOptions = { _, _ in ParameterOptions() }
    ) {
        do throws(OptimizerError) {
            try rule.validate()
        } catch {
            fatalError(error.description)
        }
        guard
            Set(parameters.map(\.name)).count == parameters.count,
            Set(parameters.map { ObjectIdentifier($0.parameter) }).count == parameters.count
        else { fatalError("a parameter or a name is there twice: \(parameters.map(\.name))") }
        self.rule = rule
        self.parameters = parameters
        learningRate = rule.learningRate
        let remembered = withoutGradients {
            parameters.map { rule.memory(for: $0.parameter.wrappedValue) }
        }
        memoryNames = remembered.map { $0.map(\.name) }
        memory = remembered.map { $0.map(\.tensor) }
        var groups: [(options: ParameterOptions, members: [Int])] = []
        for (index, (name, parameter)) in parameters.enumerated() {
            let options = options(name, parameter.wrappedValue)
            if let group = groups.firstIndex(where: { $0.options == options }) {
                groups[group].members.append(index)
            } else {
                groups.append((options, [index]))
            }
        }
        self.groups = groups
    }

    /// An optimizer of all of a module's parameters, in their order; it knows which of them are matrices inside of it.
    public convenience init(
        _ rule: any UpdateRule,
        for module: Module,
        options: (String, Tensor) -> ParameterOptions = { _, _ in ParameterOptions() }
    ) {
        let inner = module.innerWeights
        self.init(rule, for: module.members.parameters) { name, weight in
            var own = options(name, weight)
            own.isInner = inner.contains(name)
            return own
        }
    }

    /// The parameters' present values, for which to ask gradients.
    public var weights: [Tensor] { parameters.map(\.parameter.wrappedValue) }

    /// Changes the parameters along these gradients.
    ///
    /// Parameters with equal options are changed together: by one call of libtorch where it has a
    /// fused kernel of the rule. Where processes share a batch, each gives its own gradients and all
    /// move along their mean.
    ///
    /// - Precondition: one gradient for each parameter, of its shape, type and device.
    public func step(_ gradients: [Tensor]) {
        guard gradients.count == parameters.count else {
            fatalError("\(parameters.count) parameters, \(gradients.count) gradients")
        }
        withoutGradients {
            let weights = weights
            if let origin { Foreach.copy(origin, into: weights) }
            origin = nil
            var gradients = gradients
            if let group = ProcessGroup.current {
                // Of one layout everywhere, as they travel in the order in which they lie in memory.
                gradients = group.averaged(zip(gradients, weights).map { $0.laidOut(as: $1) })
            }
            for index in weights.indices {
                check(gradients[index], against: weights[index], name: parameters[index].name)
                for place in memory[index].indices
                where memory[index][place].shape == weights[index].shape {
                    memory[index][place] = memory[index][place].laidOut(as: weights[index])
                }
            }
            let limited = limit(gradients)
            stepCount += 1
            for group in groups {
                rule.update(
                    UpdateBatch(
                        weights: group.members.map { weights[$0] },
                        gradients: group.members.map { limited[$0].laidOut(as: weights[$0]) },
                        memory: group.members.map { memory[$0] },
                        step: stepCount,
                        learningRate: learningRate * group.options.learningRateScale,
                        squareShare: squareShare,
                        weightDecay: group.options.weightDecay ?? rule.weightDecay,
                        areInner: group.options.isInner
                    )
                )
            }
        }
    }

    /// Changes the parameters along these gradients for a look at what comes then: the next step starts from where
    /// they are now.
    ///
    /// Source: Gidel et al., "A variational inequality perspective on generative adversarial networks", ICLR 2019,
    /// Algorithm 4 for Adam: what is remembered changes at both steps.
    ///
    /// - Precondition: as for a step.
    public func extrapolate(_ gradients: [Tensor]) {
        let before = withoutGradients { weights.map { $0.copied() } }
        step(gradients)
        origin = before
    }

    private func check(_ gradient: Tensor, against weight: Tensor, name: String) {
        guard gradient.shape == weight.shape, gradient.dtype == weight.dtype,
            gradient.device == weight.device
        else {
            fatalError(
                "parameter '\(name)' is \(weight.summary), its gradient \(gradient.summary)"
            )
        }
    }

    /// The gradients, shortened when all together they are longer than the limit.
    ///
    /// New tensors: two gradients may share one storage.
    private func limit(_ gradients: [Tensor]) -> [Tensor] {
        gradientNorm = nil
        guard gradientLimit != nil || measuresGradients, !gradients.isEmpty else {
            return gradients
        }
        let norm = globalNorm(of: gradients)
        gradientNorm = norm
        guard let gradientLimit else { return gradients }
        // On the processor the length is at hand; elsewhere reading it would wait for the device.
        if norm.device == .cpu, norm.item() <= gradientLimit { return gradients }
        let share = (norm + 1e-6).reciprocal() * gradientLimit
        return Foreach.scaled(gradients, by: share.clamped(to: 1))
    }
}

@available(*, unavailable)
extension Optimizer: Sendable {}
