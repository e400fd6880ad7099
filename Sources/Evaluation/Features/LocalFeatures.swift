import Datasets
import Foundation
import Generation
import Torch

/// The local network of a data set, kept once it has learned.
final class LocalFeatures: FeatureSource {
    /// What looks at pictures.
    let network: LocalNetwork
    /// What it learned to tell.
    let lesson: LocalLesson
    /// The network's name, which goes with every figure that it measured.
    let name: String
    /// What tells the network's weights from all others, in hexadecimal.
    let digest: String

    /// Takes the network from its file, or lets it learn and keeps it there.
    ///
    /// - Parameters:
    ///   - real: What it learns from: all pictures, those held out among them.
    ///   - lesson: What it learns to tell; the richest lesson that the data has by default.
    ///   - epochs: Passes over the pictures; as many as their number asks for by default.
    ///   - folder: Where networks are kept.
    ///   - notice: Told what a person should know.
    /// - Throws: What is wrong with the data or the network's file.
    init(
        of real: RealPictures,
        lesson: LocalLesson? = nil,
        epochs: Int? = nil,
        keptIn folder: URL,
        notice: (String) -> Void
    ) throws {
        let lesson = try lesson ?? LocalLesson(of: real)
        let epochs = epochs ?? min(max(150_000 / real.count, 2), 40)
        let source = RandomSource(seed: 1, purpose: "judge")
        let network = LocalNetwork(channels: real.form.channels, heads: lesson.heads, using: source)
        let set = String(real.name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
        let form = "\(real.form.width)x\(real.form.height)x\(real.form.channels)"
        var file = folder.appending(
            path: "local-\(set.suffix(60))-\(form)-\(lesson.name)-\(epochs).safetensors"
        )
        if let kept = try LocalFeatures.kept(file, network, lesson, key: real.key) {
            try network.load(state: kept, origin: file.path)
        } else if let bundled = BundledModel.localNetwork("\(real.name)-\(form)"),
            let kept = try LocalFeatures.bundled(bundled, lesson, epochs: epochs)
        {
            try network.load(state: kept, origin: bundled.path)
            file = bundled
        } else {
            notice(
                "training a local network on \(real.count) pictures of \(real.name),"
                    + " \(epochs) times each"
            )
            lesson.teach(network, real, epochs: epochs)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Safetensors.write(
                network.state(),
                metadata: [
                    "data": real.key, "lesson": lesson.digest, "epochs": "\(epochs)",
                ],
                to: file
            )
        }
        network.setTraining(false)
        (self.network, self.lesson) = (network, lesson)
        digest = try XXHash64.digits(of: file)
        name = "local: \(lesson.name) of \(real.name), \(form)"
    }

    /// The weights of a file that comes with the product; nothing where it learned another lesson.
    ///
    /// - Throws: What is wrong with the file.
    private static func bundled(
        _ file: URL,
        _ lesson: LocalLesson,
        epochs: Int
    ) throws -> [String: Tensor]? {
        let (tensors, metadata) = try Safetensors.read(from: file)
        guard metadata["lesson"] == lesson.digest, metadata["epochs"] == "\(epochs)" else {
            return nil
        }
        // It lies there in fewer bits.
        return tensors.mapValues { $0.converted(to: .float32) }
    }

    /// The weights of a file; nothing where it is not there or belongs to other pictures.
    ///
    /// - Throws: What is wrong with the file.
    private static func kept(
        _ file: URL,
        _ network: LocalNetwork,
        _ lesson: LocalLesson,
        key: String
    ) throws -> [String: Tensor]? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let header = try Safetensors.readHeader(of: file)
        guard header.metadata["data"] == key, header.metadata["lesson"] == lesson.digest else {
            return nil
        }
        return try Safetensors.read(from: file, expecting: network.outline()).tensors
    }

    /// What figures by its features are called.
    var suffix: String { "_local" }

    /// What the network sees.
    ///
    /// Shape: N×C×H×W → N×256.
    func features(_ pictures: Tensor) -> Tensor { network.features(pictures) }

    /// What the network takes pictures for; nothing where it learned which way up they are.
    ///
    /// Shape: N×256 features → N×classes.
    func logits(_ features: Tensor) -> Tensor? {
        if case .turns = lesson { return nil }
        return network.logits(features)[0]
    }
}
