import Foundation
import Torch

/// How unknown codes of a picture become known, the surest first.
///
/// Source: Chang et al., "MaskGIT: masked generative image transformer", CVPR 2022.
public struct MaskedSampling: Sendable, Equatable {
    /// How codes are chosen; at a temperature of 0 the surest stay, too, without chance.
    public var codes = TokenSampling()
    /// Steps from a picture of which nothing is known to one of which all is.
    public var steps = usualSteps
    /// What chance counts at the first step in what stays known; it falls to nothing until the last.
    public var boldness = 2.0
    /// Whether unknown codes become fewer by the same number at each step, not along a cosine; nothing for as the model
    /// was published.
    public var isLinear: Bool?

    /// Steps that the published program takes.
    public static let usualSteps = 12

    /// As the published program draws.
    public init() {}

    /// What of a picture's codes is unknown after so many of all steps.
    ///
    /// In float32 and in this order, as the published program computes it: the number of codes follows.
    ///
    /// - Parameters:
    ///   - done: Steps that are done.
    ///   - isLinear: Whether it falls evenly, not along a cosine.
    /// - Returns: A share from 0 to 1.
    public func unknown(after done: Int, isLinear: Bool) -> Float {
        let ratio = Float(done) / Float(steps)
        return isLinear ? 1 - ratio : cosf(ratio * Float.pi / 2)
    }

    /// How many codes stay unknown after a step: fewer than before, one at least.
    ///
    /// - Parameters:
    ///   - done: Steps that are done then.
    ///   - places: Codes of the picture.
    ///   - share: What of them is not given.
    ///   - before: How many were unknown.
    ///   - isLinear: Whether the share falls evenly, not along a cosine.
    /// - Returns: The number.
    package func left(
        after done: Int,
        of places: Int,
        share: Float,
        before: Int,
        isLinear: Bool
    ) -> Int {
        let wanted = Float(places) * (share * unknown(after: done, isLinear: isLinear))
        return max(min(before - 1, Int(exactly: wanted.rounded(.down)) ?? before), 1)
    }

    /// What chance counts at a step in what stays known.
    func boldness(at step: Int) -> Double {
        steps > 1 ? boldness * (1 - Double(step) / Double(steps - 1)) : boldness
    }
}
