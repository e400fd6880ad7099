import Foundation

/// A model that comes with the product.
public enum BundledModel: String, Sendable, CaseIterable {
    /// Emoji by what they are called, in English and Chinese.
    case emoji
    /// Makes pictures larger.
    case upscale
    /// Makes damaged pictures whole.
    case restore

    /// Its name.
    public var name: String { rawValue }

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
