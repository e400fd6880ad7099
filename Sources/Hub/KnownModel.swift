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
