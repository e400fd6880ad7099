import Neural
import Runs
import Settings
import Torch

/// StyleGAN3's generators as ours: settings, pictures, names.
///
/// Where a file leaves an argument out, it has the program's default.
struct OfficialStyleGAN3 {
    let settings: StyleGAN3.Settings
    let spec: ImageSpec
    let names: OfficialNames

    /// Reads what a file says, and compares its tensors with those that such a network has.
    init(
        _ original: OfficialWeights.Original,
        _ tensors: [String: Tensor],
        isGenerator: Bool
    ) throws(OfficialWeightsError) {
        guard isGenerator else {
            throw OfficialWeightsError(
                "the network '\(original.network)' is no generator: StyleGAN3's discriminators are StyleGAN2's"
            )
        }
        (settings, spec) = try StyleGAN3Arguments(original.arguments).checked()
        let shapes = StyleGAN3.originalShapes(settings, for: spec)
        do {
            try StateMismatch.check(
                tensors.mapValues { TensorOutline($0) },
                against: shapes.mapValues { TensorOutline(shape: $0, dtype: .float32) },
                origin: "the official weights"
            )
        } catch {
            throw OfficialWeightsError("\(error)")
        }
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let isLevel = name.hasSuffix(".magnitude_ema")
            guard tensor.isFinite().all(), !isLevel || tensor.item() > 0 else {
                throw OfficialWeightsError(
                    "the tensor \(name) has numbers that are infinite, or none, or not above zero where they must be"
                )
            }
        }
        let layout = StyleGAN3Layout(settings, for: spec)
        names = OfficialNames(rules: [
            { $0 == "averageStyle" ? OfficialNames.to("mapping.w_avg") : nil },
            { name in
                guard let match = name.wholeMatch(of: /mapping\.(layers\.(\d+)|embedding)\.(.+)/)
                else { return nil }
                let layer = match.2.map { "fc\($0)" } ?? "embed"
                return OfficialNames.to("mapping.\(layer).\(match.3)")
            },
            { name in
                guard let match = name.wholeMatch(of: /input\.(.+)/) else { return nil }
                let rest = match.1 == "frequencies" ? "freqs" : match.1
                return OfficialNames.to("synthesis.input.\(rest)")
            },
            { name in
                guard let match = name.wholeMatch(of: /layers\.(\d+)\.(.+)/),
                    let index = Int(match.1), layout.layers.indices.contains(index)
                else { return nil }
                let known = [
                    "magnitude": "magnitude_ema", "upFilter": "up_filter",
                    "downFilter": "down_filter",
                ]
                let rest = known[String(match.2)] ?? String(match.2)
                return OfficialNames.to("synthesis.\(layout.name(of: index)).\(rest)")
            },
        ])
    }
}

extension StyleGAN3 {
    /// Shapes of the tensors that a generator has which the original program makes with these arguments.
    ///
    /// - Throws: `OfficialWeightsError` for arguments of which no network can be built.
    public static func originalShapes(
        _ arguments: [String: SettingValue]
    ) throws(OfficialWeightsError) -> [String: [Int]] {
        let (settings, spec) = try StyleGAN3Arguments(arguments).checked()
        return originalShapes(settings, for: spec)
    }

    /// Shapes of a generator's tensors, by the names of the original program.
    static func originalShapes(
        _ settings: Settings,
        for spec: ImageSpec
    ) -> [String: [Int]] {
        let layout = StyleGAN3Layout(settings, for: spec)
        var shapes = ["mapping.w_avg": [settings.style]]
        func dense(_ name: String, _ inputs: Int, _ outputs: Int) {
            shapes["\(name).weight"] = [outputs, inputs]
            shapes["\(name).bias"] = [outputs]
        }
        if spec.labels > 0 { dense("mapping.embed", spec.labels, settings.style) }
        for index in 0..<settings.mappingLayers {
            let first = settings.latent + (spec.labels > 0 ? settings.style : 0)
            dense("mapping.fc\(index)", index == 0 ? first : settings.style, settings.style)
        }
        let input = "synthesis.input"
        dense("\(input).affine", settings.style, 4)
        shapes["\(input).weight"] = [layout.channels, layout.channels]
        shapes["\(input).freqs"] = [layout.channels, 2]
        shapes["\(input).phases"] = [layout.channels]
        shapes["\(input).transform"] = [3, 3]
        for (index, layer) in layout.layers.enumerated() {
            let name = "synthesis.\(layout.name(of: index))"
            dense("\(name).affine", settings.style, layer.inputs)
            shapes["\(name).weight"] = [
                layer.outputs, layer.inputs, layer.kernel, layer.kernel,
            ]
            shapes["\(name).bias"] = [layer.outputs]
            shapes["\(name).magnitude_ema"] = []
            if layer.upTaps > 1 { shapes["\(name).up_filter"] = [layer.upTaps] }
            if layer.downTaps > 1 {
                shapes["\(name).down_filter"] =
                    [layer.downTaps] + (layer.isRadial ? [layer.downTaps] : [])
            }
        }
        return shapes
    }
}

extension OfficialFamily {
    /// Files of StyleGAN3's own program.
    static let styleGAN3 = OfficialFamily(family: ModelFamily(StyleGAN3.self)) {
        (original, tensors, isGenerator) throws(OfficialWeightsError) in
        let found = try OfficialStyleGAN3(original, tensors, isGenerator: isGenerator)
        return (SettingCoding.tree(found.settings), found.spec, found.names)
    }
}
