import Foundation
import Neural
import Torch

/// A running average of a module's parameters, for pictures steadier than the last step's.
///
/// Parameters are averaged, all in one call; buffers (running statistics, tables) are copied.
/// Source: Karras et al., "Progressive growing of GANs", ICLR 2018, section 5, for generators;
/// Karras et al., "Training generative adversarial networks with limited data", NeurIPS 2020, for
/// half-lives in images.
public final class WeightAverage {
    /// How the past fades.
    public let decay: Decay
    /// Images seen by all updates so far.
    public internal(set) var imagesSeen = 0
    /// Updates so far.
    public internal(set) var updateCount = 0

    private let parameters: [(name: String, parameter: Parameter)]
    private let buffers: [(name: String, buffer: Buffer)]
    private let averages: [Tensor]
    private let copies: [Tensor]
    private var isApplied = false

    /// An average that starts as the module is now, and follows it.
    public init(of module: Module, decay: Decay) {
        self.decay = decay
        parameters = module.members.parameters
        buffers = module.members.buffers
        (averages, copies) = withoutGradients { [parameters, buffers] in
            (
                parameters.map { $0.parameter.wrappedValue.detached().copied() },
                buffers.map { $0.buffer.wrappedValue.copied() }
            )
        }
    }

    /// Takes the module's present values in, after a step on that many images.
    ///
    /// - Precondition: not inside `applying`.
    public func update(images: Int) {
        guard !isApplied else {
            fatalError("the module now has the averages: update after 'applying'")
        }
        let kept = decay.share(images: images, imagesSeen: imagesSeen, updateCount: updateCount)
        withoutGradients {
            Foreach.move(
                averages,
                towards: parameters.map(\.parameter.wrappedValue),
                by: 1 - kept
            )
            Foreach.copy(buffers.map(\.buffer.wrappedValue), into: copies)
        }
        imagesSeen += images
        updateCount += 1
    }

    /// The averages and copies under the module's own names: the tensors themselves, not copies.
    public var tensors: [(name: String, tensor: Tensor)] {
        zip(parameters, averages).map { ($0.name, $1) } + zip(buffers, copies).map { ($0.name, $1) }
    }

    /// Runs the body while the module has the averages, and then gives its own values back.
    ///
    /// What the body does to buffers is forgotten with it.
    ///
    /// - Precondition: the body neither trains the module nor asks gradients for parameters that it
    ///   took from the module before.
    public func applying<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard !isApplied else { fatalError("the module has the averages already") }
        isApplied = true
        let own = (parameters.map(\.parameter.wrappedValue), buffers.map(\.buffer.wrappedValue))
        for ((_, parameter), average) in zip(parameters, averages) {
            parameter.wrappedValue = average
        }
        for ((_, buffer), copy) in zip(buffers, copies) {
            buffer.wrappedValue = withoutGradients(copy.copied)
        }
        defer {
            for ((_, parameter), value) in zip(parameters, own.0) {
                parameter.wrappedValue = value
            }
            for ((_, buffer), value) in zip(buffers, own.1) { buffer.wrappedValue = value }
            isApplied = false
        }
        return try body()
    }

    /// Writes the averages and copies into another module of the same kind.
    ///
    /// - Precondition: the same names and shapes.
    public func copy(into module: Module) {
        let members = module.members
        let targets =
            members.parameters.map { ($0.name, $0.parameter.wrappedValue) }
            + members.buffers.map { ($0.name, $0.buffer.wrappedValue) }
        guard
            targets.map(\.0) == tensors.map(\.name),
            targets.map(\.1.shape) == tensors.map(\.tensor.shape)
        else { fatalError("the averages are of another kind of module") }
        withoutGradients { Foreach.copy(tensors.map(\.tensor), into: targets.map(\.1)) }
    }
}

@available(*, unavailable)
extension WeightAverage: Sendable {}
