import Foundation

extension BigGAN.Settings {
    /// Whether a `config.json` is one of a BigGAN-deep: it says where attention lies.
    public static func isOne(_ configuration: Data) -> Bool {
        let object = try? JSONSerialization.jsonObject(with: configuration) as? [String: Any]
        return object?["attention_layer_position"] != nil
    }

    /// Reads a `config.json` as pytorch-pretrained-biggan writes it.
    ///
    /// - Parameter configuration: JSON; every key that the network follows from must be there.
    /// - Throws: `BigGANError` for keys that are missing, and for a network that cannot be built.
    public init(_ configuration: Data) throws(BigGANError) {
        let found: BigGANConfiguration
        do {
            found = try JSONDecoder().decode(BigGANConfiguration.self, from: configuration)
        } catch {
            throw BigGANError("config.json \(BigGANConfiguration.problem(error))")
        }
        latent = found.z_dim
        classes = found.num_classes
        width = found.channel_width
        blocks = found.layers.map(\.block)
        attention = min(found.attention_layer_position, found.layers.count)
        epsilon = found.eps
        statistics = found.n_stats
        if let problem = problems.first {
            throw BigGANError("config.json has \(problem): such a network cannot be built")
        }
    }

    /// Why the network cannot be built: what was found, and what is expected.
    var problems: [String] {
        var problems: [String] = []
        func check(_ key: String, _ found: Int, _ expected: ClosedRange<Int>) {
            guard !expected.contains(found) else { return }
            problems.append(
                "\(key) \(found), expected \(expected.lowerBound) to \(expected.upperBound)"
            )
        }
        check("z_dim", latent, 1...4096)
        check("num_classes", classes, 1...100_000)
        check("channel_width", width, 4...1024)
        check("n_stats", statistics, 2...4096)
        check("attention_layer_position", attention, 0...64)
        check("the number of layers", blocks.count, 1...64)
        check("the number of layers that double", blocks.filter(\.doubles).count, 0...8)
        if !(epsilon > 0 && epsilon <= 0.1) {
            problems.append("eps \(epsilon), expected more than 0 and 0.1 at most")
        }
        guard problems.isEmpty else { return problems }
        if !width.isMultiple(of: 4) { problems.append("channel_width \(width), no multiple of 4") }
        var next = BigGAN.first
        for (place, block) in blocks.enumerated() {
            check("channels into layer \(place)", block.inputs, next...next)
            let isHalf = block.inputs.isMultiple(of: 2) && block.outputs == block.inputs / 2
            if block.outputs != block.inputs, !isHalf {
                problems.append(
                    "channels out of layer \(place) \(block.outputs), expected \(block.inputs) or half of it"
                )
            }
            next = block.outputs
        }
        check("channels out of the last layer", next, 1...1)
        // Channels that are wrong may be too many to multiply.
        guard problems.isEmpty else { return problems }
        if attention < blocks.count,
            !(blocks[attention].inputs * width).isMultiple(of: BigGAN.comparing)
        {
            problems.append("attention over channels that 8 does not divide")
        }
        return problems
    }
}

/// What a `config.json` says, under its own keys.
private struct BigGANConfiguration: Decodable {
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let z_dim, channel_width, num_classes, n_stats, attention_layer_position: Int
    let eps: Double
    let layers: [Layer]

    /// A layer: three values in a row.
    struct Layer: Decodable {
        let block: BigGAN.Block

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            block = BigGAN.Block(
                doubles: try values.decode(Bool.self),
                inputs: try values.decode(Int.self),
                outputs: try values.decode(Int.self)
            )
        }
    }

    /// What is wrong with a text, in a few words.
    static func problem(_ error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, _): "has no \(key.stringValue)"
        case .typeMismatch(_, let found), .valueNotFound(_, let found):
            "has a value of another kind than expected at \(place(found.codingPath))"
        case .dataCorrupted(let found) where !found.codingPath.isEmpty:
            "has a number that is out of range at \(place(found.codingPath))"
        default: "is no JSON"
        }
    }
}
