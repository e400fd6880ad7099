// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Loss",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "atelier", path: "../..")],
    targets: [
        .executableTarget(
            name: "Loss",
            dependencies: [
                .product(name: "Adversarial", package: "atelier"),
                .product(name: "Midjourney", package: "atelier"),
                .product(name: "Training", package: "atelier"),
                .product(name: "Generation", package: "atelier"),
            ]
        )
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
