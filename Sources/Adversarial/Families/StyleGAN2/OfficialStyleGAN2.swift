import Runs
import Settings
import Torch

/// StyleGAN2-ADA's networks as ours: settings, pictures, names.
///
/// Where a file leaves an argument out, it has the program's default.
struct OfficialStyleGAN2 {
    var settings = StyleGAN2.Settings()
    let spec: ImageSpec
    let names: OfficialNames

    init(
        _ original: OfficialWeights.Original,
        _ tensors: [String: Tensor],
        isGenerator: Bool
    ) throws(OfficialWeightsError) {
        let all = SettingValue.section(original.arguments)
        func number(_ names: [String]) throws(OfficialWeightsError) -> Int? {
            try OfficialWeights.Original.whole(
                all.value(under: names),
                names.filter { !$0.isEmpty }.joined(separator: ".")
            )
        }
        guard let side = try number(["img_resolution"]), let channels = try number(["img_channels"])
        else {
            throw OfficialWeightsError(
                "the arguments lack img_resolution or img_channels: \(original.arguments.keys.sorted())"
            )
        }
        spec = ImageSpec(
            height: side,
            width: side,
            channels: channels,
            labels: try number(["c_dim"]) ?? 0
        )
        let own = isGenerator ? "synthesis_kwargs" : ""
        let (base, most) = (try number(["channel_base"]), try number(["channel_max"]))
        let ownBase = try number([own, "channel_base"])
        let ownMost = try number([own, "channel_max"])
        settings.channelBase = ownBase ?? base ?? 32_768
        settings.channelMax = ownMost ?? most ?? 512
        let clamp = all.value(under: [own, "conv_clamp"]) ?? all.value(under: ["conv_clamp"])
        if case .number(let limit)? = clamp { settings.clamp = limit }
        settings.latent = try number(["z_dim"]) ?? 512
        settings.style = try number(["w_dim"]) ?? 512
        settings.mappingLayers = try number(["mapping_kwargs", "num_layers"]) ?? 8
        settings.group = try number(["epilogue_kwargs", "mbstd_group_size"]) ?? 4
        let shape = all.value(under: [own, "architecture"]) ?? all.value(under: ["architecture"])
        switch (isGenerator, shape) {
        case (true, .text("resnet")?): settings.generatorShape = .residual
        case (false, .text("orig")?): settings.discriminatorShape = .plain
        case (true, nil), (true, .text("skip")?), (false, nil), (false, .text("resnet")?): break
        default:
            throw OfficialWeightsError(
                "the architecture \(shape?.summary ?? "") is not known: expected skip or resnet"
                    + " of a generator, resnet or orig of a discriminator"
            )
        }
        names = OfficialNames(
            rules: isGenerator
                ? Self.drawing(settings, side: side) : Self.judging(side: side)
        )
    }

    private static func drawing(
        _ settings: StyleGAN2.Settings,
        side: Int
    ) -> [(String) -> OfficialNames.Place?] {
        [
            { $0 == "averageStyle" ? OfficialNames.to("mapping.w_avg") : nil },
            { mapping($0) },
            { $0 == "first" ? OfficialNames.to("synthesis.b4.const") : nil },
            { name in
                guard let match = name.wholeMatch(of: /layers\.(\d+)\.(.+)/),
                    let index = Int(match.1)
                else { return nil }
                let block = 4 << ((index + 1) / 2)
                let layer = index == 0 || index.isMultiple(of: 2) ? "conv1" : "conv0"
                let rest = [
                    "modulated.weight": "weight", "modulated.affine.weight": "affine.weight",
                    "modulated.affine.bias": "affine.bias", "noiseStrength": "noise_strength",
                    "noise": "noise_const", "bias": "bias",
                ][String(match.2)]
                return rest.flatMap { OfficialNames.to("synthesis.b\(block).\(layer).\($0)") }
            },
            { name in
                guard let match = name.wholeMatch(of: /(pictures|pictureBiases)\.(\d+)(\..+)?/),
                    let index = Int(match.2)
                else { return nil }
                let block = settings.generatorShape == .skip ? 4 << index : side
                let rest = match.1 == "pictures" ? String(match.3 ?? "") : ".bias"
                return OfficialNames.to("synthesis.b\(block).torgb\(rest)")
            },
            { name in
                guard let match = name.wholeMatch(of: /shortcuts\.(\d+)\.weight/),
                    let index = Int(match.1)
                else { return nil }
                return OfficialNames.to("synthesis.b\(8 << index).skip.weight")
            },
        ]
    }

    private static func judging(side: Int) -> [(String) -> OfficialNames.Place?] {
        [
            { mapping($0) },
            { name in
                guard let match = name.wholeMatch(of: /first\.(.+)/) else { return nil }
                return OfficialNames.to("b\(side).fromrgb.\(match.1)")
            },
            { name in
                guard
                    let match = name.wholeMatch(
                        of: /blocks\.(\d+)\.(convolution1|convolution2|shortcut)\.(.+)/
                    ), let index = Int(match.1)
                else { return nil }
                let layer =
                    ["convolution1": "conv0", "convolution2": "conv1"][String(match.2)] ?? "skip"
                return OfficialNames.to("b\(side >> index).\(layer).\(match.3)")
            },
            { name in
                guard let match = name.wholeMatch(of: /(convolution|dense|last)\.(.+)/) else {
                    return nil
                }
                let layer = ["convolution": "conv", "dense": "fc"][String(match.1)] ?? "out"
                return OfficialNames.to("b4.\(layer).\(match.2)")
            },
        ]
    }

    private static func mapping(_ name: String) -> OfficialNames.Place? {
        if let match = name.wholeMatch(of: /mapping\.layers\.(\d+)\.(.+)/) {
            return OfficialNames.to("mapping.fc\(match.1).\(match.2)")
        }
        if let match = name.wholeMatch(of: /mapping\.embedding\.(.+)/) {
            return OfficialNames.to("mapping.embed.\(match.1)")
        }
        return nil
    }
}

extension SettingValue {
    /// The value at the end of keys, empty ones left out.
    fileprivate func value(under keys: [String]) -> SettingValue? {
        keys.filter { !$0.isEmpty }.reduce(self as SettingValue?) { $0?[$1] }
            .flatMap { $0 == .nothing ? nil : $0 }
    }
}

extension OfficialFamily {
    /// Files of StyleGAN2-ADA's own program.
    static let styleGAN2 = OfficialFamily(family: ModelFamily(StyleGAN2.self)) {
        (original, tensors, isGenerator) throws(OfficialWeightsError) in
        let found = try OfficialStyleGAN2(original, tensors, isGenerator: isGenerator)
        return (SettingCoding.tree(found.settings), found.spec, found.names)
    }
}
