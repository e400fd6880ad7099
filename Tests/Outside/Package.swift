// swift-tools-version: 6.2
import PackageDescription

/// A package of somebody else's: it adds parts to Atelier without changing it.
let package = Package(
    name: "outside",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Atelier", path: "../..")],
    targets: [
        .executableTarget(
            name: "outside",
            dependencies: [
                "Adversarial", "Datasets", "Evaluation", "Generation", "Imaging", "Midjourney",
                "Neural",
                "Registries", "Torch", "Training",
            ]
            .map { .product(name: $0, package: "Atelier") }
        )
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
