// swift-tools-version: 6.2
import PackageDescription

/// Who may import whom is also checked by a test, from the outside (`Tests/ArchitectureTests`).
let package = Package(
    name: "Atelier",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "atelier", targets: ["atelier"]),
        .library(name: "Torch", targets: ["Torch"]),
        .library(name: "Neural", targets: ["Neural", "Optimizers"]),
        .library(name: "Imaging", targets: ["Imaging"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Adversarial", targets: ["Adversarial"]),
        .library(name: "Autoregressive", targets: ["Autoregressive"]),
        .library(name: "ImageMetrics", targets: ["ImageMetrics"]),
        .library(name: "Midjourney", targets: ["Midjourney"]),
        .library(name: "Training", targets: ["Training", "Runs"]),
        .library(name: "Prompts", targets: ["Prompts"]),
        .library(name: "Registries", targets: ["Registries"]),
        .library(name: "Requests", targets: ["Requests"]),
        .library(name: "Scans", targets: ["Scans"]),
        .library(name: "Settings", targets: ["Settings"]),
        .library(name: "Generation", targets: ["Generation"]),
        .library(name: "Evaluation", targets: ["Evaluation"]),
        .library(name: "Reports", targets: ["Reports"]),
        .library(name: "Hub", targets: ["Hub"]),
        .library(name: "Speech", targets: ["Speech"]),
        .library(name: "Studio", targets: ["Studio"]),
        .library(name: "TextTokens", targets: ["TextTokens"]),
        .library(name: "Weights", targets: ["Weights"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            from: "2.28.0",
            traits: ["FullFoundation"]
        ),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        .systemLibrary(name: "LibTorch", pkgConfig: "atelier-torch"),
        .systemLibrary(
            name: "LibVips",
            pkgConfig: "vips",
            providers: [.apt(["libvips-dev"]), .brew(["vips"])]
        ),
        .systemLibrary(
            name: "LibArchive",
            pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]
        ),
        .systemLibrary(
            name: "LibSentencePiece",
            pkgConfig: "sentencepiece",
            providers: [.apt(["libsentencepiece-dev"]), .brew(["sentencepiece"])]
        ),
        // What libvips is made with, so it is there wherever libvips is.
        .systemLibrary(name: "LibGLib", pkgConfig: "glib-2.0"),
        // As libtorch itself was compiled: some of its classes are laid out otherwise without it.
        .target(
            name: "CTorch",
            dependencies: ["LibTorch"],
            cxxSettings: [.define("NDEBUG")]
        ),
        .target(
            name: "CVips",
            dependencies: ["LibVips"],
            linkerSettings: [.linkedLibrary("z")]
        ),
        .target(name: "CSentencePiece", dependencies: ["LibSentencePiece"]),
        // PocketSphinx is found when speech is recognised: nothing is linked.
        .target(
            name: "CSpeech",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        // Answers before libtorch begins; a part of the command alone.
        .target(name: "CStart"),
        .target(name: "Checks"),
        .target(name: "Digests", dependencies: ["LibGLib"]),
        .target(name: "Registries", dependencies: ["Checks"]),
        .target(name: "Files"),
        .target(name: "Settings", dependencies: ["Checks"]),
        .target(name: "Hub", dependencies: ["Digests", "Files"]),
        .target(name: "Torch", dependencies: ["Checks", "CTorch", "Files"]),
        .target(name: "Neural", dependencies: ["Checks", "Torch"]),
        .target(name: "Optimizers", dependencies: ["Neural", "Settings"]),
        .target(name: "TextTokens"),
        .target(name: "Weights", dependencies: ["Checks", "Files", "Torch"]),
        .target(name: "Imaging", dependencies: ["Checks", "CVips", "Files", "Settings"]),
        .target(name: "Scans", dependencies: ["Digests", "Files", "Imaging"]),
        .target(name: "Speech", dependencies: ["CSpeech", "Files"]),
        .target(
            name: "Datasets",
            dependencies: [
                "Checks", "CSentencePiece", "Digests", "Files", "Imaging", "LibArchive",
                "Registries", "Scans", "Torch",
            ]
        ),
        .target(name: "Adversarial", dependencies: ["Checks", "Neural", "Registries", "Runs"]),
        .target(name: "Autoregressive", dependencies: ["Checks", "Neural", "Settings", "Torch"]),
        .target(name: "ImageMetrics", dependencies: ["Checks", "Torch"]),
        .target(
            name: "Midjourney",
            dependencies: [
                "Checks", "Adversarial", "Autoregressive", "Neural", "Registries", "Runs", "Torch",
            ]
        ),
        .target(
            name: "Runs",
            dependencies: ["Checks", "Files", "Settings", "Yams"],
            resources: [.embedInCode("Recipes")]
        ),
        .target(name: "Prompts", dependencies: ["Checks", "Files", "Settings"]),
        .target(name: "Requests", dependencies: ["Prompts", "Settings", "Speech"]),
        .target(name: "Reports", dependencies: ["Checks", "Imaging", "Runs"]),
        .target(
            name: "Training",
            dependencies: [
                "Checks", "Adversarial", "Autoregressive", "Datasets", "Files", "Imaging",
                "Midjourney", "Neural", "Optimizers", "Runs", "Torch",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["TensorBoard/board.proto"]
        ),
        .target(
            name: "Generation",
            dependencies: [
                "Checks", "Adversarial", "Autoregressive", "Datasets", "Files", "Hub", "Imaging",
                "Midjourney", "Neural", "Optimizers", "Prompts", "Requests", "Runs", "TextTokens",
                "Torch", "Weights",
            ],
            resources: [.copy("Bundled")]
        ),
        .target(
            name: "Evaluation",
            dependencies: [
                "Checks", "Datasets", "Files", "Generation", "Imaging", "ImageMetrics", "Neural",
                "Optimizers",
                "Prompts", "Registries", "Reports", "Torch",
            ]
        ),
        .target(
            name: "Studio",
            dependencies: [
                "Checks", "Digests", "Files", "Hub", "Imaging", "LibArchive", "Prompts", "Reports",
                "Requests", "Runs", "Settings", "Speech",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            resources: [.copy("Page"), .copy("OpenAPI/openapi.json")]
        ),
        .executableTarget(
            name: "atelier",
            dependencies: [
                "CStart", "Checks", "Datasets", "Evaluation", "Files", "Generation", "Hub",
                "Imaging",
                "Prompts",
                "Reports", "Requests",
                "Runs", "Scans", "Speech", "Studio", "Training", "Weights",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        // Gives readers very many bad inputs; see scripts/fuzz.
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Adversarial", "Autoregressive", "Datasets", "Imaging", "Midjourney", "Prompts",
                "Requests", "Runs", "Scans", "Settings", "Speech", "Studio", "TextTokens", "Torch",
                "Weights",
            ],
            path: "Tests/Fuzz"
        ),
        // One page that shows the whole step; no product, as only those who change the code read it.
        .executableTarget(
            name: "dcgan-example",
            dependencies: [
                "Adversarial", "Datasets", "Imaging", "Neural", "Optimizers", "Torch",
            ],
            path: "Examples/DCGAN"
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "Checks", "Adversarial", "Datasets", "Imaging", "Midjourney", "Neural", "Requests",
                "Runs", "Torch",
            ],
            path: "Tests/TestSupport"
        ),
    ]
        + [
            "Files", "Settings", "Torch", "Neural", "Optimizers", "Imaging", "Datasets",
            "Adversarial", "Autoregressive", "ImageMetrics", "Midjourney", "Runs", "Prompts",
            "Requests",
            "Training",
            "Generation", "Evaluation", "Reports", "Scans", "Speech", "Studio", "TextTokens",
            "Weights",
        ].map { name in
            .testTarget(
                name: "\(name)Tests",
                dependencies: [.init(stringLiteral: name), "TestSupport"]
                    + (name == "Training" ? ["ImageMetrics"] : [])
                    + (name == "Studio"
                        ? [.product(name: "NIOEmbedded", package: "swift-nio")] : [])
            )
        } + [
            .testTarget(name: "CommandTests", dependencies: ["atelier", "TestSupport"]),
            .testTarget(name: "ArchitectureTests", dependencies: []),
            .testTarget(
                name: "ExampleTests",
                dependencies: ["Datasets", "Imaging", "TestSupport", "dcgan-example"]
            ),
        ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
