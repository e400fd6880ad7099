// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Train",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "atelier", path: "../..")],
    targets: [
        .executableTarget(
            name: "Train",
            dependencies: [
                .product(name: "Training", package: "atelier"),
                .product(name: "Generation", package: "atelier"),
                .product(name: "Imaging", package: "atelier"),
            ]
        )
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
