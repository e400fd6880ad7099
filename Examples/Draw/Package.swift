// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Draw",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "atelier", path: "../..")],
    targets: [
        .executableTarget(
            name: "Draw",
            dependencies: [
                .product(name: "Generation", package: "atelier"),
                .product(name: "Imaging", package: "atelier"),
                .product(name: "Prompts", package: "atelier"),
            ]
        )
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
