import Foundation
import Imaging

/// A recipe and pictures for it, put together by chance from all that can be combined.
public struct Combination: Sendable, CustomStringConvertible {
    /// How pictures lie in their folder.
    public enum Layout: String, CaseIterable, Sendable {
        /// All in one folder.
        case flat
        /// A folder for each class.
        case classes
        /// A folder for each class, and some pictures beside them.
        case partly
        /// Folders `train` and `test`, each with classes; some are in one of them only.
        case split
        /// Folders `train` and `test` without classes.
        case flatSplit
    }

    /// The recipe that is changed.
    public let recipe: String
    /// What is changed.
    public let changes: [String]
    /// How the pictures lie.
    public let layout: Layout
    /// How many there are to train on.
    public let count: Int

    /// What a person would have typed.
    public var description: String {
        "\(count) pictures, \(layout.rawValue): \(recipe) " + changes.joined(separator: " ")
    }

    /// The combination of that number.
    public init(_ number: UInt64) {
        var chance = Chance(state: number &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        let count = chance.one(of: [1, 2, 3, 5, 8, 9, 16, 17, 33, 64, 65, 70, chance.below(70) + 1])
        let (name, model) = chance.one(of: Combination.models)
        let batch = chance.one(of: [1, 2, 3, 4, 8, 16, 32, count, max(count - 1, 1), 64, 80])
        let grid = [1 + chance.below(5), 1 + chance.below(5)]
        var changes =
            model.map {
                $0.hasSuffix("=?") ? $0.dropLast() + chance.one(of: ["true", "false"]) : $0
            }
            + [
                "data.set=folder", "data.size=[8, 8]", "data.channels=\(chance.one(of: [1, 3, 4]))",
                "data.balance=\(chance.one(of: [0, 0, 0.7]))", "training.batch=\(batch)",
                "training.epochs=2", "training.precision=float32",
                "training.drop-last=\(chance.one(of: [true, false, false]))",
                "training.accumulate=1", "snapshots.grid=\(grid)", "snapshots.every-epochs=1",
                "evaluation.every-epochs=\(chance.one(of: [0, 1, 1]))",
                "evaluation.batch=\(chance.one(of: [1, 3, 16]))",
                "evaluation.samples=\(chance.one(of: [0, 1, 7]))",
            ]
        if chance.below(3) == 0 { changes.append("data.split=test") }
        if chance.below(3) == 0 { changes.append("training.standing-statistics=2") }
        if chance.below(4) == 0 { changes.append("training.average-half-lives=[]") }
        (recipe, self.changes, self.count) = (name, changes, count)
        layout = chance.one(of: Layout.allCases)
    }

    /// Small networks of every family, with their norms, labels, losses and parts.
    private static let models: [(String, [String])] = {
        let tiny = "generator: {widths: [4, 3], keeps-first: false, kernel: 4"
        func dcgan(_ drawing: String, _ judging: String) -> [String] {
            [
                "model={family: dcgan, latent: 4, conditional: false, \(tiny)\(drawing)},"
                    + " discriminator: {widths: [3, 4], kernel: 4\(judging)}}"
            ]
        }
        var models: [(String, [String])] = []
        for norm in ["none", "batch", "layer", "instance", "spectral"] {
            for first in ["numbers", "channels"] {
                let networks = dcgan(", first-norm: \(first)", ", norm: \(norm)")
                models.append(("dcgan", networks + ["model.conditional=?"]))
            }
        }
        for labels in ["concatenation", "norm"] {
            models.append(
                (
                    "seed-dcgan",
                    dcgan(", labels: \(labels)", "") + [
                        "model.conditional=true",
                        "objective.step=\(labels == "norm" ? "alternating" : "simultaneous")",
                    ]
                )
            )
        }
        for loss in ["hinge", "least-squares", "relativistic", "saturating"] {
            models.append(("dcgan", dcgan("", "") + ["objective.loss=\(loss)"]))
        }
        models.append(
            ("dcgan", dcgan("", ", outputs: 3") + ["objective.loss=mmd"])
        )
        models.append(
            (
                "acgan",
                dcgan(", labels: norm", ", norm: spectral, labels: ignored")
                    + ["model.conditional=true", "objective.critic-updates=2"]
            )
        )
        models.append(
            (
                "wgan-gp",
                dcgan("", "") + ["objective.critic-updates=3", "training.accumulate=1"]
            )
        )
        models.append(
            (
                "mlp-gan",
                ["model={family: mlp, latent: 4, generator-widths: [4], discriminator-widths: [4]}"]
            )
        )
        for labels in ["ignored", "projection"] {
            models.append(
                (
                    "sngan",
                    [
                        "model={family: resnet, latent: 4, conditional: true, generator-widths: [4],"
                            + " discriminator-widths: [4, 4], halvings: 1, labels: \(labels)}",
                        "model.conditional=?",
                    ]
                )
            )
        }
        models.append(
            (
                "progan",
                [
                    "model={family: progan, latent: 4, widths: [4, 4], stable-images: 8,"
                        + " fade-images: 8, group: 4}"
                ]
            )
        )
        models.append(
            (
                "stylegan2",
                [
                    "model={family: stylegan2, latent: 4, style: 4, mapping-layers: 1, channel-base: 32,"
                        + " channel-max: 4, group: 4, conditional: false}",
                    "model.conditional=?",
                ]
            )
        )
        models.append(
            (
                "r3gan",
                [
                    "model={family: r3gan, latent: 4, widths: [4, 4], groups: [2, 2], blocks: [1, 1],"
                        + " conditional: false}", "model.conditional=?",
                ]
            )
        )
        models.append(
            ("pixelcnn", ["model.width=4", "model.layers=2", "model.conditional=?"])
        )
        models.append(
            (
                "pixelcnn",
                [
                    "model={family: pixelcnn-plus, width: 4, blocks: 1, scales: 2, conditional: true}",
                    "model.conditional=?",
                ]
            )
        )
        models.append(
            (
                "midjourney",
                [
                    "model.tokenizer={widths: [4, 4], codes: 8, revive-every: 1}",
                    "model.transformer={width: 8, layers: 1, heads: 2}",
                    "model.discriminator.widths=[4, 8]", "model.features=0.1",
                ]
            )
        )
        models.append(
            (
                "midjourney-pixel",
                [
                    "refiner.width=4", "refiner.layers=2", "model.latent=4",
                    "model.generator.widths=[4, 3, 2]", "model.discriminator.widths=[3, 4]",
                ]
            )
        )
        models.append(
            (
                "restore",
                [
                    "data.balance-by=classes", "model.widths=[4, 4]", "model.blocks=1",
                    "model.discriminator.widths=[4, 4]", "model.conditional=?",
                ]
            )
        )
        return models
    }()

    /// Writes the pictures.
    public func write(to folder: URL) throws {
        let paths: [(String, Int)] =
            switch layout {
            case .flat: [("", count)]
            case .classes: [("a", count / 2), ("b", count - count / 2)]
            case .partly: [("a", count / 3), ("b", count / 3), ("", count - count / 3 * 2)]
            case .split:
                [
                    ("train/a", count - count / 2), ("train/b", count / 2), ("test/a", 2),
                    ("test/c", 1),
                ]
            case .flatSplit: [("train", count), ("test", 1 + count / 4)]
            }
        for (path, number) in paths where number > 0 {
            let place = path.isEmpty ? folder : folder.appending(path: path)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for index in 0..<number {
                let samples = (0..<64).map { UInt8(truncatingIfNeeded: $0 &* 3 &+ index &* 37) }
                try Picture(width: 8, height: 8, channels: 1, samples: samples)
                    .write(to: place.appending(path: "\(index).png"))
            }
        }
    }
}

/// Numbers that follow from a seed.
private struct Chance {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func one<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}
