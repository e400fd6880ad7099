import Foundation

/// A published model that is known by a name of its own.
public struct KnownModel: Sendable, Codable, Equatable {
    /// The name.
    public let name: String
    /// Where it is published on the hub: `org/name`; nothing where its files are to be got otherwise.
    public let repository: String?
    /// Where its files are to be got where no repository is known.
    public var origin: String?
    /// What it can do, in a few words.
    public let summary: String
    /// About how many bytes are fetched.
    public let bytes: Int
    /// About how much memory drawing takes, with the weights as they are published.
    public let memory: Int
    /// The same with weights in 4 bits; nothing where there is no such form.
    public var leastMemory: Int?
    /// Under which terms its weights may be used.
    public let licence: String
    /// The two files of a repository of many that make the model; nothing where all of it is one model.
    public var pair: Pair?

    /// A transformer over codes, and the tokenizer of its pictures.
    public struct Pair: Sendable, Codable, Equatable {
        /// The transformer's file.
        public let transformer: String
        /// The tokenizer's file.
        public let tokenizer: String
        /// Codes of a picture, which the transformer's file does not tell.
        public let places: Int
    }

    /// Licences, data and limits of kinds of models.
    public enum Terms {
        /// Of Janus and Janus-Pro.
        public static let janus =
            "DeepSeek Model License: commercial use is allowed; its limits of use, military use among them, must be passed"
            + " on with whatever is derived. The model's page names it MIT."
        /// Of BigGAN-deep.
        public static let biggan =
            "MIT, of pytorch-pretrained-biggan and its files. DeepMind trained the weights on ImageNet, whose pictures"
            + " are for research and teaching alone. They draw its thousand classes and nothing else."
        /// Of aMUSEd.
        public static let amused =
            "CreativeML Open RAIL++-M, as the model's page says: commercial use is allowed; its limits of use, against"
            + " harm and deceit among them, must be passed on with the weights and whatever is derived. The program that"
            + " they were made for is under the Apache License 2.0."
        /// Of LlamaGen's models of classes.
        public static let llamaGen =
            "MIT, of the program and its weights, as its page says. They learned from ImageNet, whose pictures are for"
            + " research and teaching alone. They draw its thousand classes and nothing else."
    }

    /// All that are known, in alphabetical order.
    public static let all = [
        amused(256, memory: 3_450_000_000),
        amused(512, memory: 4_400_000_000),
        bigGAN(128, megabytes: 211, memory: 900_000_000, "osanseviero/BigGAN-deep-128"),
        bigGAN(256, megabytes: 235, memory: 950_000_000),
        bigGAN(512, megabytes: 236, memory: 1_100_000_000),
        KnownModel(
            name: "janus-pro-1b",
            repository: "deepseek-community/Janus-Pro-1B",
            summary: "draws 384×384 pixels after any English text",
            bytes: 4_180_000_000,
            memory: 4_800_000_000,
            leastMemory: 2_450_000_000,
            licence: Terms.janus
        ),
        KnownModel(
            name: "janus-pro-7b",
            repository: "deepseek-community/Janus-Pro-7B",
            summary: "as janus-pro-1b, better at counts and places",
            bytes: 14_840_000_000,
            memory: 17_900_000_000,
            leastMemory: 6_450_000_000,
            licence: Terms.janus
        ),
        llamaGen("3B", places: 576, megabytes: 12_400),
        llamaGen("B", places: 256, megabytes: 450),
        llamaGen("B", places: 576, megabytes: 450),
        llamaGen("L", places: 256, megabytes: 1_370),
        llamaGen("L", places: 576, megabytes: 1_370),
        llamaGen("XL", places: 576, megabytes: 3_100),
        llamaGen("XXL", places: 576, megabytes: 5_600),
    ]

    private static func amused(_ side: Int, memory: Int) -> KnownModel {
        KnownModel(
            name: "amused-\(side)",
            repository: "amused/amused-\(side)",
            summary: "draws \(side)×\(side) pixels after English text in 12 steps, and fills in",
            bytes: 1_760_000_000,
            memory: memory,
            licence: Terms.amused
        )
    }

    private static func bigGAN(
        _ side: Int,
        megabytes: Int,
        memory: Int,
        _ repository: String? = nil
    ) -> KnownModel {
        let files = "https://s3.amazonaws.com/models.huggingface.co/biggan/biggan-deep-\(side)"
        return KnownModel(
            name: "biggan-deep-\(side)",
            repository: repository,
            origin: repository == nil
                ? "\(files)-config.json and \(files)-pytorch_model.bin, as config.json and pytorch_model.bin"
                : nil,
            summary: "draws \(side)×\(side) pixels of ImageNet's 1000 classes",
            bytes: megabytes * 1_000_000,
            memory: memory,
            licence: Terms.biggan
        )
    }

    /// Bytes of the tokenizer that all models of LlamaGen's classes share.
    private static let tokenizerBytes = 290_000_000

    private static func llamaGen(_ kind: String, places: Int, megabytes: Int) -> KnownModel {
        let side = places == 256 ? 256 : 384
        return KnownModel(
            name: "llamagen-\(kind.lowercased())-\(side)",
            repository: "FoundationVision/LlamaGen",
            summary: "draws \(side)×\(side) pixels of ImageNet's 1000 classes, code after code",
            bytes: megabytes * 1_000_000 + tokenizerBytes,
            memory: 2 * (megabytes * 1_000_000 + tokenizerBytes) + 600_000_000,
            licence: Terms.llamaGen,
            pair: Pair(
                transformer: "c2i_\(kind)_\(side).pt",
                tokenizer: "vq_ds16_c2i.pt",
                places: places
            )
        )
    }

    /// What `atelier models add` takes of the folder that the model's files were fetched to.
    public func addition(in folder: URL) -> [String] {
        guard let pair else { return [folder.path] }
        return [
            folder.appending(path: pair.transformer).path, "--tokenizer",
            folder.appending(path: pair.tokenizer).path, "--places", "\(pair.places)",
        ]
    }

    /// The files that are fetched, of all that there are in its repository.
    public func wanted(of files: [String]) -> [String] {
        guard let pair else { return Self.wanted(of: files) }
        return files.filter { [pair.transformer, pair.tokenizer].contains($0) }
    }

    /// The model of that name, whatever its case.
    public static func named(_ name: String) -> KnownModel? {
        all.first { $0.name == name.lowercased() }
    }

    /// The files of a published model that drawing needs: tables, and weights in the safer of the forms; of a model of
    /// several networks those of each network's folder, in 16 bits where there are such.
    ///
    /// - Parameter files: All that there are.
    /// - Returns: Those to fetch.
    public static func wanted(of files: [String]) -> [String] {
        guard files.contains("model_index.json") else { return wanted(ofFolder: files) }
        let settings = ["config.json", "scheduler_config.json", "tokenizer_config.json"]
        var folders: Set<String> = []
        for file in files {
            let parts: [Substring] = file.split(separator: "/")
            if parts.count == 2, settings.contains(String(parts[1])) {
                folders.insert(String(parts[0]))
            }
        }
        var all: [String] = ["model_index.json"]
        for folder in folders.sorted() {
            let inside = files.filter { $0.hasPrefix(folder + "/") }
            let own: [String] = inside.map { String($0.dropFirst(folder.count + 1)) }
            let short = own.filter { $0.contains(".fp16.") && $0.hasSuffix(".safetensors") }
            for file in wanted(ofFolder: own) + own.filter({ $0 == "merges.txt" }) {
                let isWeights = file.contains(".safetensors")
                guard short.isEmpty || !isWeights || short.contains(file) else { continue }
                all.append(folder + "/" + file)
            }
        }
        return all
    }

    /// The same of one folder.
    private static func wanted(ofFolder files: [String]) -> [String] {
        let top = files.filter { !$0.contains("/") }
        let isSafe = top.contains { $0.hasSuffix(".safetensors") }
        return top.filter { file in
            if file.hasSuffix(".safetensors") || file.hasSuffix(".safetensors.index.json") {
                return true
            }
            if file.hasSuffix(".bin") || file.hasSuffix(".bin.index.json") { return !isSafe }
            return file.hasSuffix(".json")
        }
    }
}
