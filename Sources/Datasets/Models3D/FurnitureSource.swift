import Foundation
import Imaging

/// The furniture of Sweet Home 3D: some 800 models with names, each drawn from up to 16 sides.
///
/// The views of a model follow each other. The class is the category; there is a caption in English
/// and, where the name is known, in Chinese. Things with a maker's name are left out, and marks on a
/// road.
public struct FurnitureSource: PictureSource {
    /// The set's name, `furniture`.
    public let name = "furniture"

    /// The categories, in alphabetical order.
    public let classNames: [String]

    /// The catalogues, the views and the size.
    public let origin: Origin

    /// Models that the lists name and the catalogues do not hold.
    public let problems: [Finding]

    /// How many pictures each model has.
    public let views: Int

    /// The width and height of every picture.
    public let pixels: Int

    private let catalogs: [FurnitureCatalog]
    private let models: [(catalog: Int, model: FurnitureModel, names: FurnitureNames)]
    private let cache = ModelCache<Model3D>(capacity: 4)

    /// Where the package `sweethome3d-furniture` puts its catalogues.
    public static let installed = URL(filePath: "/usr/share/sweethome3d/furniture")

    private static let cure = "install or unpack the package sweethome3d-furniture"

    /// Reads the lists of all catalogues in a folder; no model is read yet.
    ///
    /// - Parameters:
    ///   - folder: Where the `.sh3f` files are.
    ///   - views: How many pictures each model has, 1 to 16.
    ///   - pixels: The width and height of every picture, 8 to 1,024.
    /// - Throws: `DatasetError` that names the folder or the file.
    public init(folder: URL = installed, views: Int = 16, pixels: Int = 128) throws {
        guard (1...FurnitureView.all.count).contains(views), (8...1024).contains(pixels) else {
            throw DatasetError(
                .request,
                at: "furniture",
                "\(views) views of \(pixels) pixels are out of range",
                cure: "choose 1 to \(FurnitureView.all.count) views, 8 to 1024 pixels"
            )
        }
        let found = try? FileManager.default.contentsOfDirectory(
            at: folder,
            includingPropertiesForKeys: nil
        )
        let files = (found ?? []).filter { $0.pathExtension.lowercased() == "sh3f" }.sorted {
            $0.lastPathComponent < $1.lastPathComponent
        }
        guard !files.isEmpty else {
            throw DatasetError(.missing, at: folder.path, "has no .sh3f file", cure: Self.cure)
        }
        let catalogs = try files.map { try FurnitureCatalog($0) }
        let listed = catalogs.enumerated().flatMap { number, catalog in
            catalog.models.map { (catalog: number, model: $0) }
        }
        let shared = Dictionary(
            listed.compactMap { entry in entry.model.chineseName.map { (entry.model.name, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        var seen: Set<String> = []
        models = listed.compactMap { catalog, model in
            guard seen.insert(model.identifier).inserted,
                let names = FurnitureNames(model, shared: shared[model.name])
            else { return nil }
            return (catalog, model, names)
        }
        classNames = Set(models.map(\.model.category)).sorted()
        problems = catalogs.flatMap(\.problems)
        self.catalogs = catalogs
        self.views = views
        self.pixels = pixels
        origin = Origin(identity: "furniture \(folder.path) \(views) \(pixels)", files: files)
    }

    /// How many pictures there are.
    public var count: Int { models.count * views }

    /// Model and view, category, captions.
    public func record(at index: Int) -> ExampleRecord {
        let (_, model, names) = models[index / views]
        let view = FurnitureView.all[index % views]
        return ExampleRecord(
            identifier: "\(model.identifier)@\(view.name)",
            label: classNames.firstIndex(of: model.category),
            captions: names.captions(of: view),
            tags: [model.category]
        )
    }

    /// Who made a model, and its licence.
    ///
    /// - Precondition: `index` is in `0..<count`.
    public func provenance(at index: Int) -> PictureProvenance {
        models[index / views].model.provenance
    }

    /// Draws a model from one side.
    ///
    /// - Throws: `DatasetError` that names catalogue, model and line when it cannot be read.
    public func picture(at index: Int) throws -> Picture {
        let (catalog, model, _) = models[index / views]
        let drawn = try cache.value(index / views) {
            try catalogs[catalog].read(model, textureSide: max(64, 4 * pixels))
        }
        let camera = FurnitureView.all[index % views].camera(for: model.placement.size)
        return drawn.picture(from: camera, pixels: pixels)
    }
}
