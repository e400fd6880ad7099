import Torch

/// Which of a network's tensors were taken from another, and which not.
public struct TransferReport: Sendable, Equatable, Codable {
    /// The network: `generator` or `discriminator`.
    public let network: String
    /// Names of the tensors taken.
    public var taken: [String] = []
    /// Numbers in them.
    public var takenNumbers = 0
    /// Numbers in all tensors.
    public var allNumbers = 0
    /// Names of the tensors that start anew, and why.
    public var fresh: [String: String] = [:]

    /// A report on nothing yet.
    public init(network: String) { self.network = network }

    /// One line for people.
    public var text: String {
        let share = allNumbers == 0 ? 0 : Double(takenNumbers) / Double(allNumbers) * 100
        let all = taken.count + fresh.count
        let rest = fresh.sorted { $0.key < $1.key }.prefix(6).map { "\($0.key) (\($0.value))" }
        return "\(network): \(taken.count) of \(all) tensors taken,"
            + " \((share * 10).rounded() / 10) % of the numbers"
            + (rest.isEmpty ? "" : "; new: \(rest.joined(separator: ", "))")
            + (fresh.count > 6 ? " and \(fresh.count - 6) more" : "")
    }
}
