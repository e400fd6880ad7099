import Foundation
import Imaging

/// One file of the catalogue: a zip archive with a list of models and the models themselves.
struct FurnitureCatalog: Sendable {
    /// The models, in the order of the list.
    let models: [FurnitureModel]

    /// Models of the list that are not in the archive.
    let problems: [Finding]

    private let archive: ArchiveFile
    private let entries: [String: ArchiveEntry]
    private let limits: ModelLimits

    private static let list = "PluginFurnitureCatalog"

    init(
        _ file: URL,
        archiveLimits: ArchiveLimits = .standard,
        limits: ModelLimits = .standard
    ) throws {
        let archive = try ArchiveFile(file, limits: archiveLimits)
        self.archive = archive
        self.limits = limits
        let entries = Dictionary(
            archive.entries.filter { $0.kind == .file }.map { ($0.path.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.entries = entries
        func properties(_ suffix: String) throws -> [String: String]? {
            try entries["\(Self.list)\(suffix).properties".lowercased()].map {
                PropertiesText.read(try archive.contents(of: $0))
            }
        }
        guard let list = try properties("") else {
            throw DatasetError(
                .damaged,
                at: file.path,
                "has no \(Self.list).properties",
                cure: "choose a furniture library of Sweet Home 3D (.sh3f)"
            )
        }
        let stem = file.deletingPathExtension().lastPathComponent
        let found = FurnitureList(list, chinese: try properties("_zh_CN") ?? [:], stem: stem).models
        models = found.filter { entries[$0.path.lowercased()] != nil }
        problems = found.filter { entries[$0.path.lowercased()] == nil }.map {
            Finding(.corrupt, $0.identifier, "\(file.path) has no \($0.path)")
        }
    }

    /// Reads a model with its materials and textures.
    ///
    /// Materials and textures that are missing or broken are left out: the shape can still be seen.
    ///
    /// - Parameters:
    ///   - model: Which one.
    ///   - textureSide: The most pixels along a side that are kept of a texture.
    /// - Returns: The model, turned and stretched as its list says.
    /// - Throws: `DatasetError` that names archive, entry and line.
    func read(_ model: FurnitureModel, textureSide: Int) throws -> Model3D {
        let place = "\(archive.file.path):\(model.path)"
        guard let data = try contents(model.path) else {
            throw DatasetError(
                .damaged,
                at: place,
                "is not in the archive",
                cure: "fetch the catalogue again"
            )
        }
        let shape = try MeshReader.read(data, place: place, limits: limits)
        guard let mesh = Mesh(shape, placement: model.placement) else {
            throw DatasetError(
                .damaged,
                at: place,
                "all of it lies in one point",
                cure: "export the model again"
            )
        }
        var materials: [String: MeshMaterial] = [:]
        for library in shape.libraries {
            let path = sibling(library, of: model.path)
            guard let text = try contents(path) else { continue }
            materials.merge(
                try MaterialReader.read(text, place: "\(archive.file.path):\(path)", limits: limits)
            ) { first, _ in first }
        }
        let used = shape.materialNames.map { materials[$0] ?? MeshMaterial() }
        var textures: [String: MeshTexture] = [:]
        for name in used.compactMap(\.texture) where textures[name] == nil {
            textures[name] = try texture(sibling(name, of: model.path), side: textureSide)
        }
        return Model3D(
            mesh: mesh,
            materials: used,
            textures: used.map { $0.texture.flatMap { textures[$0] } }
        )
    }

    private func contents(_ path: String) throws -> Data? {
        try entries[path.lowercased()].map { try archive.contents(of: $0) }
    }

    private func texture(_ path: String, side: Int) throws -> MeshTexture? {
        guard let data = try contents(path) else { return nil }
        var decoding = DecodingLimits.standard
        decoding.maximumPixels = limits.maximumTexturePixels
        decoding.refusesDamage = false
        guard let picture = try? Picture(decoding: data, name: path, limits: decoding) else {
            return nil
        }
        return MeshTexture(picture, keeping: min(side, limits.keptTextureSide))
    }

    /// The file of this name beside another; of a path from another machine, its last part.
    private func sibling(_ name: String, of path: String) -> String {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let whole = name.replacing("\\", with: "/")
        let candidate = folder.isEmpty ? whole : "\(folder)/\(whole)"
        if entries[candidate.lowercased()] != nil { return candidate }
        let last = whole.split(separator: "/").last.map(String.init) ?? whole
        return folder.isEmpty ? last : "\(folder)/\(last)"
    }
}
