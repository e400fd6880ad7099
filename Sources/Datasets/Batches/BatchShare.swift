import Checks

/// Which pictures of each batch a process makes: every so many-th one.
///
/// What is done to a picture depends on its place in the whole batch, so it does not depend on who makes it.
public struct BatchShare: Sendable, Equatable {
    /// The first picture.
    public let first: Int
    /// How far apart pictures are: how many share a batch.
    public let step: Int

    /// All pictures.
    public static let whole = BatchShare(first: 0, step: 1)

    /// Pictures `first`, `first + step` and so on.
    ///
    /// - Precondition: `0 ≤ first < step`.
    public init(first: Int, step: Int) {
        precondition(first >= 0 && first < step, "a share from \(first) in steps of \(step)")
        (self.first, self.step) = (first, step)
    }

    /// The places of the share in a batch of so many.
    public func places(of count: Int) -> [Int] {
        Array(stride(from: first, to: count, by: step))
    }
}
