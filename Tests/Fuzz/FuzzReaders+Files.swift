import Adversarial
import Datasets
import Foundation
import Runs
import Settings
import TextTokens
import Torch
import Weights

extension FuzzReaders {
    /// What PyTorch's programs save, in all their forms; a pickle by hand where the fixtures are not there.
    private static func weightsOfOthers() -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Fixtures/weights")
        let names = [
            "archive.pt", "legacy.pt", "plain-2.pkl", "plain-4.pkl", "script.pt", "stylegan.pkl",
        ]
        let found = names.compactMap { try? Data(contentsOf: folder.appending(path: $0)) }.map(
            Array.init
        )
        return found + [Array("ccollections\nOrderedDict\n(tRS'a'\n(lI1\naF2.5\nas.".utf8)]
    }

    /// A tokenizer's file with a few pieces beside those of bytes.
    private static func tokenizer() -> [UInt8] {
        let plain = (0..<256).filter {
            (33..<127).contains($0) || (161..<173).contains($0) || $0 > 173
        }
        let letters = plain + (256..<256 + 256 - plain.count).map { $0 }
        let names = letters.compactMap(Unicode.Scalar.init).map(String.init) + ["re", "red"]
        let pieces = names.enumerated().map {
            "\($1 == "\"" || $1 == "\\" ? "\"\\\($1)\"" : "\"\($1)\""):\($0)"
        }
        return bytes(
            #"{"added_tokens":[{"id":300,"content":"<a>","lstrip":true}],"normalizer":{"type":"NFC"},"pre_tokenizer":"#
                + #"{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"(?i:'s)|\\s?[a-z]+|\\p{N}"},"#
                + #""behavior":"Isolated"},{"type":"Digits","individual_digits":true},{"type":"ByteLevel"}]},"#
                + #""model":{"type":"BPE","merges":["r e","re d"],"vocab":{"#
                + pieces.joined(separator: ",") + "}}}"
        )
    }

    /// Files of weights and of runs.
    static func files(_ place: FuzzPlace) throws -> [FuzzReader] {
        let weights = try Safetensors.encode(
            [
                ("a.weight", Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])),
                ("b", Tensor([5, 6], shape: [2])), ("empty", .zeros([0, 3])),
            ],
            metadata: ["atelier.model": #"{"family": "dcgan"}"#, "format": "pt"]
        )
        let pieces = try TextPieces(
            of: ["red apple", "green apple", "a leaf of a tree"],
            pieces: 300
        )
        let run = place.folder.appending(path: "run", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        return [
            FuzzReader(
                "safetensors",
                [Array(weights)],
                words: [
                    "\"dtype\":\"F32\"", "\"shape\":[", "\"data_offsets\":[", "BF16", "I64",
                    "__metadata__", "F64", "{", "}",
                    "\\u0000", "\\ud800", "1e3", "-0",
                ]
            ) {
                let data = Data($0)
                _ = try Safetensors.read(data, name: "fuzz")
            },
            FuzzReader("weights", weightsOfOthers()) {
                let file = try WeightsFile(Data($0))
                for (_, tensor) in try file.tensors() where tensor.count < 1 << 20 {
                    _ = try? tensor.tensor()
                }
                _ = try? file.networks()
            },
            FuzzReader(
                "biggan-settings",
                [
                    bytes(
                        #"{"z_dim": 128, "channel_width": 128, "num_classes": 1000, "n_stats": 51, "eps": 0.0001, "#
                            + #""attention_layer_position": 2, "layers": [[true, 16, 8], [false, 8, 4], "#
                            + #"[true, 4, 2], [false, 2, 1]]}"#
                    )
                ],
                words: [
                    "[true, 16, 16], ", "[false, 1, 1]", "1e400", "-1", "9223372036854775807",
                    "null", "4096", "100000", "\"layers\"", "[", "]",
                ],
                limit: 1 << 16
            ) { _ = try BigGAN.Settings(Data($0)).shapes },
            FuzzReader(
                "stylegan3-settings",
                [
                    bytes(
                        #"{"z_dim": 512, "c_dim": 0, "w_dim": 512, "img_resolution": 256, "img_channels": 3, "#
                            + #""mapping_kwargs": {"num_layers": 2}, "channel_base": 32768, "channel_max": 512, "#
                            + #""num_layers": 14, "num_critical": 2, "first_cutoff": 2, "first_stopband": 4.3, "#
                            + #""last_stopband_rel": 1.2, "margin_size": 10, "conv_kernel": 1, "#
                            + #""use_radial_filters": true, "conv_clamp": 256, "filter_size": 6}"#
                    )
                ],
                words: [
                    "1e400", "-1", "9223372036854775807", "null", "4096", "1e-300", "0.5", "false",
                    "\"lrelu_upsampling\": ", "\"output_scale\": ", "\"num_fp16_res\": 4", "{", "}",
                ],
                limit: 1 << 16
            ) {
                let found = try JSONDecoder().decode([String: SettingValue].self, from: Data($0))
                _ = try StyleGAN3.originalShapes(found)
            },
            FuzzReader(
                "tokenizers",
                [tokenizer()],
                words: [
                    "[", "]", "(?:", "(?!", "(?i:", ")", "|", "\\p{L}", "\\s", "+", "*", "{1,3}",
                    "$", "null",
                    "\"Split\"", "\"Digits\"", "\"ByteLevel\"", "\"NFC\"", "\"Lowercase\"",
                    "\"invert\":true",
                ],
                limit: 1 << 16
            ) { _ = try TextTokenizer(Data($0))("a red apple, 红苹果 12 e\u{301}", marks: true) },
            FuzzReader("text-pieces", [Array(pieces.model)], limit: 1 << 20) {
                let found = try TextPieces(model: Data($0))
                _ = found.numbers(of: "a red apple 红苹果")
            },
            FuzzReader(
                "journals",
                [
                    bytes(
                        #"{"Loss/G/loss":{"num":4,"mean":0.7,"std":0.1},"Progress/step":{"num":1,"mean":12,"std":0},"timestamp":1.5}"#
                            + "\n"
                    )
                ],
                words: ["NaN", "\"num\"", "\"mean\"", "null", "\n", "timestamp", "Progress/step"]
            ) { _ = try Journal.read(place.file("stats.jsonl", $0)) },
            FuzzReader(
                "statuses",
                [
                    bytes(
                        #"{"state":"running","step":7,"images":9,"epoch":1,"message":"","pid":1,"started":"2023-11-14T22:13:20Z","updated":"2023-11-14T22:13:20Z"}"#
                    )
                ],
                words: ["failed", "\"pid\"", "-2147483648", "null", "9999999-01-01T00:00:00Z"]
            ) { _ = try RunStatus.read(place.file("status.json", $0)) },
        ]
    }
}
