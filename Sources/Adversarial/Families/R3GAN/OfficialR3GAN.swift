import Runs
import Settings
import Torch

/// R3GAN's networks as ours: settings, pictures, names.
struct OfficialR3GAN {
    var settings = R3GAN.Settings()
    let spec: ImageSpec
    let names: OfficialNames

    init(
        _ original: OfficialWeights.Original,
        _ tensors: [String: Tensor],
        isGenerator: Bool
    ) throws(OfficialWeightsError) {
        func numbers(_ name: String) throws(OfficialWeightsError) -> [Int] {
            guard case .list(let items)? = original.arguments[name] else {
                throw OfficialWeightsError("the arguments lack the list \(name)")
            }
            var numbers: [Int] = []
            for item in items {
                if let whole = try OfficialWeights.Original.whole(item, name) {
                    numbers.append(whole)
                }
            }
            return numbers
        }
        func number(_ name: String) throws(OfficialWeightsError) -> Int? {
            try OfficialWeights.Original.whole(original.arguments[name], name)
        }
        let (widths, groups, blocks) = (
            try numbers("WidthPerStage"), try numbers("CardinalityPerStage"),
            try numbers("BlocksPerStage")
        )
        guard (1...12).contains(widths.count), groups.count == widths.count,
            blocks.count == widths.count
        else {
            throw OfficialWeightsError(
                "the networks have \(widths.count) widths, \(groups.count) groups and \(blocks.count) counts of"
                    + " blocks: expected as many of each, 1 to 12"
            )
        }
        // Ours go from 4×4 to the picture in both networks.
        settings.widths = isGenerator ? widths : widths.reversed()
        settings.groups = isGenerator ? groups : groups.reversed()
        settings.blocks = isGenerator ? blocks : blocks.reversed()
        settings.expansion = try number("ExpansionFactor") ?? 2
        settings.latent = try number("NoiseDimension") ?? 64
        if let embedding = try number("ConditionEmbeddingDimension") {
            settings.embedding = embedding
            settings.judgingEmbedding = embedding
        }
        if case .list(let taps)? = original.arguments["ResamplingFilter"],
            taps != [.number(1), .number(2), .number(1)]
        {
            throw OfficialWeightsError(
                "the resampling filter is \(taps.map(\.summary)): expected 1, 2, 1"
            )
        }
        let side = 4 << (widths.count - 1)
        let name =
            isGenerator
            ? "Model.AggregationLayer.Layer.weight" : "Model.ExtractionLayer.Layer.weight"
        guard let ends = tensors[name], ends.rank == 4 else {
            throw OfficialWeightsError("the file has no '\(name)' of four dimensions")
        }
        spec = ImageSpec(
            height: side,
            width: side,
            channels: ends.size(isGenerator ? 0 : 1),
            labels: try number("c_dim") ?? 0
        )
        names = OfficialNames(rules: Self.rules(blocks, isGenerator: isGenerator))
    }

    private static func rules(
        _ blocks: [Int],
        isGenerator: Bool
    ) -> [(String) -> OfficialNames.Place?] {
        let last = blocks.count - 1
        func layer(_ stage: Int, _ index: Int) -> String {
            "Model.MainLayers.\(stage).Layers.\(index)"
        }
        let ends = isGenerator ? layer(0, 0) : layer(last, blocks[last])
        return [
            {
                $0 == "embedding.weight"
                    ? OfficialNames.to("Model.EmbeddingLayer.weight", transposed: true) : nil
            },
            { $0 == "dense.weight" ? OfficialNames.to("\(ends).LinearLayer.weight") : nil },
            { $0 == "basis" ? OfficialNames.to("\(ends).Basis") : nil },
            { $0 == "basis.weight" ? OfficialNames.to("\(ends).Basis.weight") : nil },
            {
                $0 == "first.weight"
                    ? OfficialNames.to("Model.ExtractionLayer.Layer.weight") : nil
            },
            {
                $0 == "last.weight"
                    ? OfficialNames.to("Model.AggregationLayer.Layer.weight") : nil
            },
            { name in
                guard let match = name.wholeMatch(of: /mixes\.(\d+)\.weight/),
                    let stage = Int(match.1)
                else { return nil }
                let place =
                    isGenerator ? layer(stage, 0) : layer(stage - 1, blocks[stage - 1])
                return OfficialNames.to("\(place).LinearLayer.Layer.weight")
            },
            { name in
                guard
                    let match = name.wholeMatch(
                        of: /stages\.(\d+)\.(\d+)\.(widen|mix|narrow)\.(weight|bias)/
                    ), let stage = Int(match.1), let block = Int(match.2)
                else { return nil }
                let number = ["widen": 1, "mix": 2][String(match.3)] ?? 3
                let place = layer(stage, isGenerator ? block + 1 : block)
                return OfficialNames.to(
                    match.4 == "weight"
                        ? "\(place).LinearLayer\(number).Layer.weight"
                        : "\(place).NonLinearity\(number).Bias"
                )
            },
        ]
    }
}

extension OfficialFamily {
    /// Files of R3GAN's own program.
    static let r3gan = OfficialFamily(family: ModelFamily(R3GAN.self)) {
        (original, tensors, isGenerator) throws(OfficialWeightsError) in
        let found = try OfficialR3GAN(original, tensors, isGenerator: isGenerator)
        return (SettingCoding.tree(found.settings), found.spec, found.names)
    }
}
