import Foundation

/// A model that comes with the product.
public enum BundledModel: String, Sendable, CaseIterable {
    /// Emoji by what they are called, in English and Chinese.
    case emoji
    /// Makes pictures larger.
    case upscale
    /// Makes damaged pictures whole.
    case restore

    /// The one that draws where none is named.
    public static let usual = BundledModel.emoji

    /// Its name.
    public var name: String { rawValue }

    /// The file or folder that a model's name stands for: a bundled one's, one that was added, or the path itself.
    ///
    /// - Parameter name: Of a bundled model in any case of letters, of one that was added, or a path.
    /// - Returns: The place, where there may be nothing.
    /// - Throws: `GenerationError.notBundled` where the product was taken apart.
    public static func place(of name: String) throws -> URL {
        try BundledModel(rawValue: name.lowercased())?.file() ?? InstalledModels().place(of: name)
            ?? URL(filePath: name)
    }

    /// A local network that measures pictures of a set, where one comes with the product.
    ///
    /// - Parameter name: Of the set and the form of its pictures, such as `emoji-64x64x4`.
    /// - Returns: Its file.
    public static func localNetwork(_ name: String) -> URL? {
        Bundle.module.url(
            forResource: "local-\(name)",
            withExtension: "safetensors",
            subdirectory: "Bundled"
        )
    }

    /// The file of its weights.
    ///
    /// - Throws: `GenerationError.missing` where the product was taken apart.
    public func file() throws -> URL {
        let name = "\(rawValue).safetensors"
        guard
            let file = Bundle.module.url(
                forResource: rawValue,
                withExtension: "safetensors",
                subdirectory: "Bundled"
            )
        else { throw GenerationError.notBundled(file: name, folder: Bundle.module.bundlePath) }
        return file
    }
}
