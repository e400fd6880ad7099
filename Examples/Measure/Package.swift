// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Measure",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "atelier", path: "../..")],
    targets: [
        .executableTarget(
            name: "Measure",
            dependencies: [
                .product(name: "Evaluation", package: "atelier"),
                .product(name: "Imaging", package: "atelier"),
            ]
        )
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
