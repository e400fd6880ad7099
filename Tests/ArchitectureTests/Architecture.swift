/// Who may import whom: the whole rule as data, and the search for what breaks it.
struct Architecture {
    /// For each target, the targets and products it may declare and import.
    let allowed: [String: Set<String>]

    /// Modules whose values are part of another's interface: who declares the key may import these too.
    let vocabulary: [String: Set<String>]

    /// For each target, what it must not reach over any number of edges.
    let unreachable: [String: Set<String>]

    /// The rule of this package.
    static let atelier = Architecture(
        allowed: [
            "LibTorch": [],
            "LibVips": [],
            "LibArchive": [],
            "LibSentencePiece": [],
            "LibGLib": [],
            "CTorch": ["LibTorch"],
            "CVips": ["LibVips"],
            "CSentencePiece": ["LibSentencePiece"],
            "CSpeech": [],
            "CStart": [],
            "Checks": [],
            "Digests": ["LibGLib"],
            "Registries": ["Checks"],
            "Files": [],
            "Settings": ["Checks"],
            "Hub": ["Digests", "Files"],
            "Torch": ["Checks", "CTorch", "Files"],
            "Neural": ["Checks", "Torch"],
            "Optimizers": ["Neural", "Settings", "Torch"],
            "TextTokens": [],
            "Weights": ["Checks", "Files", "Torch"],
            "Imaging": ["Checks", "CVips", "Files", "Settings"],
            "Scans": ["Digests", "Files", "Imaging"],
            "Speech": ["CSpeech", "Files"],
            "Datasets": [
                "Checks", "Digests", "Torch", "Files", "Imaging", "LibArchive", "CSentencePiece",
                "Registries", "Scans",
            ],
            "Adversarial": ["Checks", "Neural", "Registries", "Runs", "Torch"],
            "Autoregressive": ["Checks", "Neural", "Settings", "Torch"],
            "ImageMetrics": ["Checks", "Neural", "Torch"],
            "Midjourney": [
                "Checks", "Adversarial", "Autoregressive", "Neural", "Registries", "Runs", "Torch",
            ],
            "Runs": ["Checks", "Files", "Settings", "Yams"],
            "Prompts": ["Checks", "Files", "Settings"],
            "Requests": ["Prompts", "Settings", "Speech"],
            "Reports": ["Checks", "Imaging", "Runs"],
            "Training": [
                "Checks", "Adversarial", "Autoregressive", "Datasets", "Files", "Imaging",
                "Midjourney", "Neural", "Optimizers", "Runs", "Torch", "SwiftProtobuf",
            ],
            "Generation": [
                "Checks", "Adversarial", "Autoregressive", "Datasets", "Files", "Hub", "Imaging",
                "Midjourney", "Neural", "Optimizers", "Prompts", "Requests", "Runs", "TextTokens",
                "Torch", "Weights",
            ],
            "Evaluation": [
                "Checks", "Datasets", "Files", "Generation", "Imaging", "ImageMetrics", "Neural",
                "Optimizers",
                "Prompts", "Registries", "Reports", "Torch",
            ],
            "Studio": [
                "Checks", "Digests", "Files", "Hub", "Imaging", "LibArchive", "Prompts", "Reports",
                "Requests", "Runs", "Settings", "Speech", "GRDB",
                "Hummingbird", "Logging", "ServiceLifecycle", "Subprocess",
            ],
            "atelier": [
                "CStart", "Checks", "Training", "Generation", "Evaluation", "Reports", "Studio",
                "Prompts",
                "Requests", "Runs",
                "Datasets",
                "Files", "Hub", "Imaging", "ArgumentParser", "Logging", "Scans", "Speech",
                "Weights",
            ],
            "fuzz": [
                "Adversarial", "Autoregressive", "Datasets", "Imaging", "Midjourney", "Prompts",
                "Requests", "Runs", "Scans", "Settings", "Speech", "Studio", "TextTokens", "Torch",
                "Weights",
            ],
            "dcgan-example": [
                "Adversarial", "Datasets", "Imaging", "Neural", "Optimizers", "Torch",
            ],
            "TestSupport": [
                "Checks", "Adversarial", "Datasets", "Imaging", "Midjourney", "Neural", "Requests",
                "Runs", "Torch",
            ],
            "CommandTests": ["atelier", "TestSupport", "Torch"],
            "StudioTests": [
                "Studio", "TestSupport", "Hummingbird", "Logging", "NIOEmbedded",
            ],
            "ExampleTests": ["Datasets", "Imaging", "TestSupport", "dcgan-example"],
            "ArchitectureTests": [],
        ],
        vocabulary: [
            "Autoregressive": ["Settings"],
            "Imaging": ["Settings"],
            "Neural": ["Torch"],
            "Optimizers": ["Settings"],
            "Runs": ["Settings"],
            "Hummingbird": ["HTTPTypes", "NIOCore"],
            "NIOEmbedded": ["NIOCore"],
        ],
        unreachable: [
            "Settings": ["Torch", "Imaging", "Runs"],
            "Runs": ["Torch", "Imaging"],
            "Prompts": ["Torch", "Imaging"],
            "Requests": ["Torch", "Imaging"],
            "Imaging": ["Torch"],
            "Scans": ["Torch"],
            "Speech": ["Torch", "Imaging"],
            "Studio": ["Torch"],
        ]
    )

    /// Modules of the language and the system, which any target may import.
    static let system: Set<String> = [
        "CoreFoundation", "Darwin", "Dispatch", "Foundation", "FoundationEssentials",
        "FoundationNetworking", "FoundationXML", "Glibc", "Musl", "Observation", "RegexBuilder",
        "Swift", "Synchronization", "System", "Testing",
    ]

    /// What `name` may declare; a test target may declare the target it is named after, and
    /// import what that target may.
    func allowance(of name: String) -> Set<String>? {
        if let listed = allowed[name] { return listed }
        guard name.hasSuffix("Tests") else { return nil }
        let subject = String(name.dropLast("Tests".count))
        // What networks learned is measured in tests alone.
        let measured: Set<String> = subject == "Training" ? ["ImageMetrics"] : []
        return allowed[subject]?.union([subject, "TestSupport"]).union(measured)
    }

    /// The declared edges that are not allowed, each as a sentence.
    func forbiddenEdges(in graph: PackageGraph) -> [String] {
        graph.targets.flatMap { target -> [String] in
            guard let allowance = allowance(of: target.name) else {
                return ["\(target.name) is not in the table of who may import whom"]
            }
            return target.edges.subtracting(allowance).sorted().map {
                "\(target.name) must not depend on \($0)"
            }
        }
    }

    /// The targets that reach what they must not, each as a sentence.
    func forbiddenReach(in graph: PackageGraph) -> [String] {
        unreachable.flatMap { name, forbidden in
            graph.reach(of: name).intersection(forbidden).map {
                "\(name) must not reach \($0), not even through others"
            }
        }
    }

    /// The modules of `target` that its files may name in `import` lines.
    ///
    /// Tests name what their subject is made of, too.
    func importable(by target: PackageGraph.Target, in graph: PackageGraph) -> Set<String> {
        var modules = Self.system.union(target.edges)
        if target.type == "test" {
            modules.formUnion(graph.reach(of: target.name))
        }
        for module in modules {
            modules.formUnion(vocabulary[module] ?? [])
        }
        return modules
    }
}
