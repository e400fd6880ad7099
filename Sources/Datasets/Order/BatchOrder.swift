/// Which examples make up each batch: order, batch size, and what becomes of the last few.
///
/// A pure function of its parts and the position, so a run goes on where it was left.
public struct BatchOrder: Sendable, Equatable {
    /// How an epoch is put in order.
    public enum Sampling: Sendable, Equatable {
        /// As the source has it.
        case sequential
        /// Every example once, shuffled anew each epoch.
        case shuffled(Permutation)
        /// Drawn with replacement, rare classes more often; an epoch has as many draws as examples.
        case balanced(ClassWeights)
    }

    /// What becomes of the examples that do not fill a batch at the end of an epoch.
    public enum Remainder: String, Codable, Sendable, CaseIterable {
        /// They are left out of this epoch.
        case dropped
        /// They make a smaller batch.
        case kept
    }

    /// How many examples an epoch goes through.
    public let count: Int

    /// How many examples a batch has.
    public let batchSize: Int

    /// How an epoch is put in order.
    public let sampling: Sampling

    /// What becomes of the last few.
    public let remainder: Remainder

    /// Makes an order of batches.
    ///
    /// - Throws: `DatasetError` when no batch can be made.
    public init(
        count: Int,
        batchSize: Int,
        sampling: Sampling,
        remainder: Remainder = .dropped
    ) throws {
        guard batchSize > 0, count > 0, remainder == .kept || batchSize <= count else {
            throw DatasetError(
                .request,
                at: "batch size \(batchSize)",
                "no batch of \(batchSize) can be made of \(count) examples",
                cure: "choose a batch size from 1 to \(max(count, 1))"
            )
        }
        self.count = count
        self.batchSize = batchSize
        self.sampling = sampling
        self.remainder = remainder
    }

    /// How many batches an epoch has.
    public var batchesPerEpoch: Int {
        remainder == .kept ? (count + batchSize - 1) / batchSize : count / batchSize
    }

    /// How many examples an epoch hands out.
    public var examplesPerEpoch: Int {
        remainder == .kept ? count : count / batchSize * batchSize
    }

    /// The whole order of an epoch.
    public func order(epoch: Int) -> [Int] {
        switch sampling {
        case .sequential: Array(0..<count)
        case .shuffled(let permutation): permutation.order(epoch: epoch)
        case .balanced(let weights): (0..<count).map { weights.draw(epoch: epoch, position: $0) }
        }
    }

    /// Where a position that has come to the end of its epoch goes on.
    public func normalized(_ position: DataPosition) -> DataPosition {
        position.offset >= examplesPerEpoch ? DataPosition(epoch: position.epoch + 1) : position
    }
}
