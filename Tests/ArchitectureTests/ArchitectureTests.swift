import Testing

@Suite struct ArchitectureTests {
    let graph: PackageGraph
    let rule = Architecture.atelier

    init() throws {
        graph = try PackageGraph.described(at: SourceTree.atelier.root)
    }

    @Test func everyEdgeIsAllowed() {
        #expect(graph.targets.contains { $0.name == "atelier" })
        #expect(rule.forbiddenEdges(in: graph) == [])
    }

    @Test func nothingReachesWhatItMustNot() {
        #expect(rule.forbiddenReach(in: graph) == [])
    }

    /// `Package.swift` and the `import` lines say the same.
    @Test func everyImportIsDeclared() throws {
        var violations: [String] = []
        for target in graph.targets where target.type != "system-target" {
            let importable = rule.importable(by: target, in: graph)
            for file in try SourceTree.atelier.files(under: target.path, endingIn: ["swift"]) {
                let imports = SourceTree.imports(in: try SourceTree.atelier.text(of: file))
                violations += imports.subtracting(importable).sorted().map {
                    "\(file) imports \($0), which \(target.name) does not declare"
                }
            }
        }
        #expect(violations == [])
    }

    /// Whatever asks which family it is would have to change for a new one.
    @Test func familiesAreNamedInTheirFoldersAlone() throws {
        let folders = [
            "DCGAN": "Adversarial/Families/DCGAN", "MLPGAN": "Adversarial/Families/MLPGAN",
            "ProGAN": "Adversarial/Families/ProGAN", "R3GAN": "Adversarial/Families/R3GAN",
            "ResNetGAN": "Adversarial/Families/ResNetGAN",
            "StyleGAN2": "Adversarial/Families/StyleGAN2",
            "StyleGAN3": "Adversarial/Families/StyleGAN3",
            "Translation": "Adversarial/Families/Translation", "TokenFamily": "Midjourney/Tokens",
            "RepairFamily": "Midjourney/Repair", "GatedPixelCNNFamily": "Midjourney/Pixels",
            "PixelCNNPlusFamily": "Midjourney/Pixels",
        ]
        let allowed = [
            // The lists of the product's own.
            "Sources/Adversarial/Families/ModelFamily+Adversarial.swift",
            "Sources/Midjourney/Recipes/ModelFamily+All.swift",
            // Families whose pictures a DCGAN's discriminator judges.
            "Sources/Midjourney/Models/JudgedFamily.swift",
        ]
        var violations: [String] = []
        for file in try SourceTree.atelier.files(under: "Sources", endingIn: ["swift"])
        where !allowed.contains(file) {
            let lines = try SourceTree.atelier.text(of: file).split(separator: "\n")
            for (name, folder) in folders where !file.hasPrefix("Sources/\(folder)/") {
                // As a type, not as a word in a text.
                let uses = lines.filter { line in
                    line.contains("\(name).") && !line.contains("//") && !line.contains("\"")
                }
                violations += uses.map { "\(file) names \(name): \($0)" }
            }
        }
        #expect(violations == [])
    }

    @Test func aForbiddenEdgeIsFound() {
        let made = PackageGraph(targets: [
            target("Runs", on: ["Torch"], products: ["Yams", "GRDB"]),
            target("Newcomer", on: []),
            target("NeuralTests", on: ["Neural", "TestSupport", "Datasets"]),
        ])
        #expect(
            rule.forbiddenEdges(in: made) == [
                "Runs must not depend on GRDB",
                "Runs must not depend on Torch",
                "Newcomer is not in the table of who may import whom",
                "NeuralTests must not depend on Datasets",
            ]
        )
    }

    @Test func forbiddenReachIsFound() {
        let made = PackageGraph(targets: [
            target("Studio", on: ["Runs"]), target("Runs", on: ["Neural"]),
            target("Neural", on: ["Torch"]),
        ])
        let sentences = Set(rule.forbiddenReach(in: made))
        #expect(
            sentences == [
                "Studio must not reach Torch, not even through others",
                "Runs must not reach Torch, not even through others",
            ]
        )
    }

    @Test func importsFollowTheEdges() {
        let made = PackageGraph(targets: [
            target("Adversarial", on: ["Neural"]), target("Runs", on: [], products: ["Yams"]),
        ])
        let importable = made.targets.map { rule.importable(by: $0, in: made) }
        #expect(importable[0].isSuperset(of: ["Neural", "Torch", "Foundation"]))
        #expect(!importable[0].contains("Yams"))
        #expect(!importable[1].contains("Torch"))
    }

    private func target(
        _ name: String,
        on targets: [String],
        products: [String] = []
    ) -> PackageGraph.Target {
        PackageGraph.Target(
            name: name,
            type: name.hasSuffix("Tests") ? "test" : "library",
            path: "Sources/\(name)",
            targetDependencies: targets,
            productDependencies: products
        )
    }
}
