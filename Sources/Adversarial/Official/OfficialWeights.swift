import Foundation
import Neural
import Runs
import Settings
import Torch

/// Weights as StyleGAN2-ADA's and R3GAN's own programs train them, under their names.
///
/// `atelier models add` makes such a file of a pickle: it keeps the names and writes what the network was built
/// with beside them.
public struct OfficialWeights {
    /// The key under which a file's texts say what the network is.
    public static let key = "atelier.original"

    /// A network as its program describes it.
    struct Original: Decodable {
        let family: String
        let network: String
        let arguments: [String: SettingValue]

        /// A whole number among the arguments; nothing where it is no number.
        ///
        /// - Throws: `OfficialWeightsError` for a number that no network has.
        static func whole(
            _ value: SettingValue?,
            _ name: String
        ) throws(OfficialWeightsError) -> Int? {
            guard case .number(let number)? = value else { return nil }
            guard let whole = Int(exactly: number), (0...1 << 20).contains(whole) else {
                throw OfficialWeightsError(
                    "the argument \(name) is \(number): expected a whole number from 0 to \(1 << 20)"
                )
            }
            return whole
        }
    }

    /// The family here that has such networks.
    public let family: ModelFamily
    /// The settings that make the same network.
    public let settings: SettingValue
    /// The pictures that it is for.
    public let spec: ImageSpec
    /// Whether it draws; otherwise it judges.
    public let isGenerator: Bool
    private let tensors: [String: Tensor]
    private let rules: OfficialNames

    /// Reads what a file's texts say of its tensors.
    ///
    /// - Throws: `OfficialWeightsError`.
    public init(
        tensors: [String: Tensor],
        metadata: [String: String]
    ) throws(OfficialWeightsError) {
        guard let json = metadata[Self.key] else {
            throw OfficialWeightsError(
                "the file does not say what network it holds: expected the text"
                    + " '\(Self.key)'. Make it with 'atelier models add FILE.pkl'."
            )
        }
        let original: Original
        do {
            original = try JSONDecoder().decode(Original.self, from: Data(json.utf8))
        } catch {
            throw OfficialWeightsError("the text '\(Self.key)' cannot be read: \(error)")
        }
        isGenerator = original.network.hasPrefix("G")
        self.tensors = tensors
        guard let reader = OfficialFamily.all.first(where: { $0.family.name == original.family })
        else {
            let known = OfficialFamily.all.map(\.family.name).joined(separator: " or ")
            throw OfficialWeightsError(
                "networks of '\(original.family)' are not known: expected \(known)"
            )
        }
        family = reader.family
        let found = try reader.read(original, tensors, isGenerator)
        (settings, spec, rules) = (found.settings, found.spec, found.names)
        if let problem = family.problems(settings, for: spec).first {
            throw OfficialWeightsError(
                "the network cannot be built here: "
                    + "\(problem.path.joined(separator: ".")): expected \(problem.expected),"
                    + " found \(problem.found)"
            )
        }
    }

    /// The drawing network with these weights, in use.
    ///
    /// - Throws: `StateMismatch` for a file with other tensors than the network has.
    public func generator() throws -> any Generator {
        let network = family.generator(settings, for: spec, using: streams)
        try load(network)
        return network
    }

    /// The judging network with these weights, in use.
    ///
    /// - Throws: `StateMismatch` for a file with other tensors than the network has.
    public func discriminator() throws -> any Discriminator {
        let network = family.discriminator(settings, for: spec, using: streams)
        try load(network)
        return network
    }

    private var streams: NetworkStreams {
        NetworkStreams(weights: RandomSource(seed: 0), chance: RandomSource(seed: 0))
    }

    private func load(_ network: Module) throws {
        var state: [String: Tensor] = [:]
        for (name, _) in network.state() {
            let place = rules.place(of: name)
            guard let found = tensors[place.name] else {
                throw OfficialWeightsError(
                    "the file has no '\(place.name)', which the network needs"
                        + " for '\(name)'"
                )
            }
            state[name] = place.isTransposed ? found.transposed(0, 1) : found
        }
        try network.load(state: state, origin: "the official weights")
        network.setTraining(false)
    }
}

/// Why official weights cannot be used, with what to do about it.
public struct OfficialWeightsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened, what was expected and found.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Where the tensors of one of our networks are in another program's file.
struct OfficialNames {
    /// The other program's name of a tensor, and whether it keeps it transposed.
    typealias Place = (name: String, isTransposed: Bool)

    /// A rule: nothing for a name that it is not about.
    let rules: [(String) -> Place?]

    /// Where one of our tensors is; under its own name where no rule is about it.
    func place(of name: String) -> Place {
        for rule in rules {
            if let found = rule(name) { return found }
        }
        return (name, false)
    }

    /// A name.
    static func to(_ name: String, transposed: Bool = false) -> Place? { (name, transposed) }
}
