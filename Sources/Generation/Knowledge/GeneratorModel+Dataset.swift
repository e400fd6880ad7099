import Datasets
import Settings

extension GeneratorModel {
    /// Pictures of the data set that the model learned from, at the model's size.
    ///
    /// - Parameters:
    ///   - split: Which part.
    ///   - path: Where the data set lies; the known places by default.
    ///   - notice: Told what a person should know.
    /// - Returns: The pictures, found as for training.
    /// - Throws: `GenerationError.noData` for a model that does not name its set; what is wrong with the
    ///   data.
    public func dataset(
        _ split: Split,
        path: String?,
        notice: @escaping @Sendable (String) -> Void
    ) throws -> PictureCache {
        guard !description.set.isEmpty else {
            throw GenerationError.noData(model: description.recipe)
        }
        let source = try DatasetCatalog().open(
            description.set,
            path: path,
            split: split,
            pixels: max(size.width, size.height)
        )
        return try PictureCache.open(
            source,
            options: CacheOptions(
                width: size.width,
                height: size.height,
                channels: description.channels,
                fit: .cover,
                damage: .skip
            ),
            folder: CacheFolder.pictures(),
            notice: notice
        )
    }
}
