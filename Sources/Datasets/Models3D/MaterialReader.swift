import Foundation

/// Reads materials from the text of an MTL file.
///
/// Read are `Kd`, `Ka`, `Ks`, `Ke`, `Ns`, `d`, `Tr`, `illum` and `map_Kd`.
package enum MaterialReader {
    /// The materials by name.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - place: What errors call it.
    ///   - limits: How much it may hold.
    /// - Returns: Each material; what a line says that cannot be understood keeps its default.
    /// - Throws: `DatasetError` when it holds more than the limits allow.
    package static func read(
        _ text: Data,
        place: String,
        limits: ModelLimits = .standard
    ) throws -> [String: MeshMaterial] {
        guard text.count <= limits.maximumBytes else {
            throw DatasetError(
                .unsafe,
                at: place,
                "has \(text.count) bytes, at most \(limits.maximumBytes) are read",
                cure: "make the model simpler"
            )
        }
        var scanner = TextScanner([UInt8](text))
        var materials: [String: MeshMaterial] = [:]
        var name: String?
        while !scanner.isAtEnd {
            defer { scanner.nextLine() }
            guard let word = scanner.word() else { continue }
            let keyword = String(decoding: word, as: UTF8.self)
            if keyword == "newmtl" {
                let found = scanner.rest()
                guard materials.count < limits.maximumMaterials else {
                    throw DatasetError(
                        .unsafe,
                        at: "\(place):\(scanner.line)",
                        "has more than \(limits.maximumMaterials) materials",
                        cure: "make the model simpler"
                    )
                }
                materials[found] = MeshMaterial()
                name = found
            } else if let name {
                read(keyword, &scanner, into: &materials[name, default: MeshMaterial()])
            }
        }
        return materials
    }

    private static func read(
        _ keyword: String,
        _ scanner: inout TextScanner,
        into material: inout MeshMaterial
    ) {
        switch keyword {
        case "Kd": material.diffuse = color(&scanner) ?? material.diffuse
        case "Ka": material.ambient = color(&scanner) ?? material.ambient
        case "Ks": material.specular = color(&scanner) ?? material.specular
        case "Ke": material.emission = color(&scanner) ?? material.emission
        case "Ns":
            guard let value = scanner.number() else { return }
            material.shininess = Float(min(max(value, 1), 1000))
        case "d":
            guard let value = scanner.number() else { return }
            material.opacity = Float(min(max(value, 0), 1))
        case "Tr":
            guard let value = scanner.number() else { return }
            material.opacity = 1 - Float(min(max(value, 0), 1))
        case "illum":
            material.isLit = scanner.number() != 0
        case "map_Kd":
            readTexture(scanner.rest(), into: &material)
        default:
            return
        }
    }

    private static func color(_ scanner: inout TextScanner) -> SIMD3<Float>? {
        guard let red = scanner.number() else { return nil }
        // One number stands for grey.
        let green = scanner.number() ?? red
        let blue = scanner.number() ?? red
        return SIMD3(Float(clamped(red)), Float(clamped(green)), Float(clamped(blue)))
    }

    private static func clamped(_ value: Double) -> Double { min(max(value, 0), 1) }

    /// A file's name after its options: `-s 2 2 1 wood.jpg`.
    private static func readTexture(_ text: String, into material: inout MeshMaterial) {
        var words = text.split(separator: " ")
        while let option = words.first, option.hasPrefix("-"), words.count > 1 {
            words.removeFirst()
            var values: [Float] = []
            while words.count > 1, let value = words.first.flatMap({ Float($0) }) {
                values.append(value)
                words.removeFirst()
            }
            if values.isEmpty, words.count > 1 { words.removeFirst() }
            if option == "-s", let across = values.first, across.isFinite {
                let along = values.count > 1 && values[1].isFinite ? values[1] : across
                material.repetition = SIMD2(across, along).clamped(
                    lowerBound: SIMD2(repeating: -1000),
                    upperBound: SIMD2(repeating: 1000)
                )
            }
        }
        material.texture = words.isEmpty ? nil : words.joined(separator: " ")
    }
}
