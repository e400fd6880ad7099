// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Networks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "atelier", path: "../..")],
    targets: [
        .executableTarget(
            name: "Networks",
            dependencies: [
                .product(name: "Torch", package: "atelier"),
                .product(name: "Neural", package: "atelier"),
            ]
        )
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
