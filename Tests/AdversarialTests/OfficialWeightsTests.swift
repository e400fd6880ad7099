import Adversarial
import Foundation
import Neural
import Runs
import Settings
import TestSupport
import Testing
import Torch

/// Networks with weights of the original programs, against what those programs give.
@Suite struct OfficialWeightsTests {
    private static func weights(_ found: FixtureCase) throws -> OfficialWeights {
        let state = Dictionary(
            uniqueKeysWithValues: found.tensorNames.filter { $0.hasPrefix("state/") }.map {
                (String($0.dropFirst("state/".count)), found.tensor($0, as: .float32))
            }
        )
        let isGenerator = found.operation == "generator"
        let isStyle = found.text("program").hasPrefix("stylegan2")
        let classes = found.integer("classes")
        var arguments: [String: SettingValue] = [
            "img_resolution": .number(found.number("resolution")),
            "img_channels": .number(found.number("channels")),
            "c_dim": .number(Double(classes)),
        ]
        func list(_ name: String) -> SettingValue {
            .list(found.integers(name).map { .number(Double($0)) })
        }
        if isStyle {
            let channels: [String: SettingValue] = [
                "channel_base": .number(found.number("channel-base")),
                "channel_max": .number(found.number("channel-max")),
            ]
            if isGenerator {
                arguments["z_dim"] = .number(found.number("z"))
                arguments["w_dim"] = .number(found.number("w"))
                arguments["synthesis_kwargs"] = .section(channels)
                arguments["mapping_kwargs"] = .section([
                    "num_layers": .number(found.number("mapping-layers"))
                ])
            } else {
                arguments.merge(channels) { $1 }
                arguments["epilogue_kwargs"] = .section([
                    "mbstd_group_size": .number(found.number("mbstd-group"))
                ])
            }
        } else {
            arguments["WidthPerStage"] = list("widths")
            arguments["CardinalityPerStage"] = list("groups")
            arguments["BlocksPerStage"] = list("blocks")
            arguments["ExpansionFactor"] = .number(found.number("expansion"))
            arguments["ResamplingFilter"] = list("resample-filter")
            if isGenerator { arguments["NoiseDimension"] = .number(found.number("z")) }
            if classes > 0 {
                arguments["ConditionEmbeddingDimension"] = .number(found.number("embedding"))
            }
        }
        let original: [String: SettingValue] = [
            "family": .text(isStyle ? "stylegan2" : "r3gan"),
            "network": .text(isGenerator ? "G_ema" : "D"), "arguments": .section(arguments),
        ]
        let json = String(decoding: try JSONEncoder().encode(original), as: UTF8.self)
        return try OfficialWeights(tensors: state, metadata: [OfficialWeights.key: json])
    }

    @Test(
        arguments: try FixtureCase.all(in: "official-networks").filter {
            $0.operation == "generator"
        }
    )
    func generators(_ found: FixtureCase) throws {
        let generator = try Self.weights(found).generator()
        let labels = found.has("c") ? found.tensor("c", as: .float64) : nil
        for (dtype, tolerance) in [(DType.float32, 1e-5), (.float64, 1e-6)] {
            generator.convert(to: dtype)
            let latents = found.tensor("z", as: dtype)
            let drawn = generator(latents, labels: labels)
            #expect(mismatch(drawn, found.tensor("images"), tolerance: tolerance) == nil)
            guard let styled = generator as? any StyleGenerator else { continue }
            let styles = styled.mapped(latents, labels: labels)
            let whole = found.tensor("ws")
            #expect(mismatch(styles, whole.selected(0, along: 1), tolerance: tolerance) == nil)
            #expect(styled.styleCount == whole.size(1))
            let autocast = styled.truncated(styles, by: found.number("psi"))
            #expect(
                mismatch(
                    styled.synthesized(autocast),
                    found.tensor("truncated"),
                    tolerance: tolerance
                ) == nil
            )
        }
    }

    @Test(
        arguments: try FixtureCase.all(in: "official-networks").filter {
            $0.operation == "discriminator"
        }
    )
    func discriminators(_ found: FixtureCase) throws {
        let discriminator = try Self.weights(found).discriminator()
        let labels = found.has("c") ? found.tensor("c", as: .float64) : nil
        for (dtype, tolerance) in [(DType.float32, 1e-5), (.float64, 1e-6)] {
            discriminator.convert(to: dtype)
            let pictures = found.tensor("images", as: dtype).requiringGradient()
            let logits = discriminator(pictures, labels: labels)
            #expect(
                mismatch(logits, found.tensor("logits").reshaped([-1]), tolerance: tolerance)
                    == nil
            )
            let slope = gradients(of: logits.sum(), for: [pictures])[0]
            #expect(
                mismatch(slope, found.tensor("input-gradient"), tolerance: tolerance) == nil
            )
        }
    }

    /// Arguments are numbers of files: any are a network, or an error.
    @Test func anyArguments() throws {
        let styles = [
            "img_resolution", "img_channels", "c_dim", "channel_base", "channel_max", "z_dim",
            "w_dim",
        ]
        let lists = ["WidthPerStage", "CardinalityPerStage", "BlocksPerStage"]
        let others = ["ExpansionFactor", "NoiseDimension", "ConditionEmbeddingDimension", "c_dim"]
        let odd: [SettingValue] =
            [1e300, -1e300, 0.5, -1, 0, 1e18, 9_223_372_036_854_775_807]
            .map { .number($0) } + [.text("x"), .list([])]
        let usual: [String: SettingValue] = [
            "img_resolution": .number(16), "img_channels": .number(3),
            "WidthPerStage": .list([.number(8)]),
            "CardinalityPerStage": .list([.number(1)]), "BlocksPerStage": .list([.number(1)]),
        ]
        func read(_ family: String, _ arguments: [String: SettingValue]) throws {
            for network in ["G_ema", "D"] {
                let original: [String: SettingValue] = [
                    "family": .text(family), "network": .text(network),
                    "arguments": .section(arguments),
                ]
                let json = String(decoding: try JSONEncoder().encode(original), as: UTF8.self)
                for shape in [[], [3, 8, 1, 1], [0, 0, 0, 0]] {
                    let tensors = [
                        "Model.AggregationLayer.Layer.weight": Tensor.zeros(shape),
                        "Model.ExtractionLayer.Layer.weight": Tensor.zeros(shape),
                    ]
                    do {
                        _ = try OfficialWeights(
                            tensors: tensors,
                            metadata: [OfficialWeights.key: json]
                        )
                    } catch {
                        #expect(!error.description.isEmpty)
                    }
                }
            }
        }
        for value in odd {
            for name in styles { try read("stylegan2", usual.merging([name: value]) { $1 }) }
            for name in others { try read("r3gan", usual.merging([name: value]) { $1 }) }
            for name in lists {
                for list in [[value], [], [value, value], Array(repeating: value, count: 70)] {
                    try read("r3gan", usual.merging([name: .list(list)]) { $1 })
                }
            }
            let same = Dictionary(
                uniqueKeysWithValues: lists.map { ($0, SettingValue.list([value])) }
            )
            try read("r3gan", usual.merging(same) { $1 })
        }
        try read("r3gan", usual.merging(lists.map { ($0, .list([])) }) { $1 })
    }

    @Test func whatIsWrongIsSaid() throws {
        func said(_ metadata: [String: String], _ tensors: [String: Tensor] = [:]) -> String {
            do {
                _ = try OfficialWeights(tensors: tensors, metadata: metadata)
                return ""
            } catch {
                return error.description
            }
        }
        let key = OfficialWeights.key
        #expect(said([:]).contains("atelier models add"))
        #expect(said([key: "no"]).contains("cannot be read"))
        #expect(
            said([key: #"{"family": "vae", "network": "G", "arguments": {}}"#])
                .contains("expected stylegan2 or stylegan3 or r3gan")
        )
        #expect(
            said([key: #"{"family": "stylegan2", "network": "G", "arguments": {}}"#])
                .contains("img_resolution")
        )
        let weights = try OfficialWeights(
            tensors: [:],
            metadata: [
                key: #"""
                {"family": "stylegan2", "network": "D",
                 "arguments": {"img_resolution": 8, "img_channels": 3, "channel_max": 4}}
                """#
            ]
        )
        #expect {
            try weights.discriminator()
        } throws: {
            "\($0)".contains("the file has no 'b8.fromrgb")
        }
    }
}
