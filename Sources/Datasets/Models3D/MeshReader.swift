import Foundation

/// Reads the shape of a model from the text of an OBJ file.
///
/// Read are `v`, `vt`, `vn`, `f` with any number of corners and negative places, `usemtl` and
/// `mtllib`; groups, lines and points are passed over.
package struct MeshReader {
    private let place: String
    private let limits: ModelLimits
    private var scanner: TextScanner
    private var shape = MeshShape()
    private var material: Int32 = 0
    private var materialPlaces: [String: Int32] = ["": 0]
    private var cutter = PolygonCutter()

    /// Reads a shape.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - place: What errors call it.
    ///   - limits: How much it may hold.
    /// - Returns: At least one triangle; every place in it is valid and every number finite.
    /// - Throws: `DatasetError` that names the line.
    package static func read(
        _ text: Data,
        place: String,
        limits: ModelLimits = .standard
    ) throws -> MeshShape {
        guard text.count <= limits.maximumBytes else {
            throw DatasetError(
                .unsafe,
                at: place,
                "has \(text.count) bytes, at most \(limits.maximumBytes) are read",
                cure: "make the model simpler"
            )
        }
        var reader = MeshReader(
            place: place,
            limits: limits,
            scanner: TextScanner([UInt8](text))
        )
        try reader.readAll()
        guard !reader.shape.corners.isEmpty else {
            throw DatasetError(
                .damaged,
                at: place,
                "has no face",
                cure: "export the model again, with its faces"
            )
        }
        return reader.shape
    }

    private init(place: String, limits: ModelLimits, scanner: TextScanner) {
        self.place = place
        self.limits = limits
        self.scanner = scanner
    }

    private mutating func readAll() throws {
        while !scanner.isAtEnd {
            if let word = scanner.word() { try readLine(word) }
            scanner.nextLine()
        }
    }

    private mutating func readLine(_ word: ArraySlice<UInt8>) throws {
        let first = word[word.startIndex]
        if first == 102, word.count == 1 {
            try readFace()
        } else if first == 118, word.count <= 2 {
            try readVertex(word.count == 2 ? word[word.startIndex + 1] : 0)
        } else if word.elementsEqual("usemtl".utf8) {
            try use(scanner.rest())
        } else if word.elementsEqual("mtllib".utf8) {
            guard shape.libraries.count < 64 else { return }
            shape.libraries.append(scanner.rest())
        }
    }

    private mutating func readVertex(_ kind: UInt8) throws {
        switch kind {
        case 0:
            shape.positions.append([try number(), try number(), try number()])
            try check(shape.positions.count, "positions")
        case 116:
            let across = try coordinate()
            // Some files have textures in one dimension only.
            let along = scanner.isAtLineEnd() ? 0 : try coordinate()
            shape.coordinates.append([across, along])
            try check(shape.coordinates.count, "texture coordinates")
        case 110:
            shape.normals.append([try number(), try number(), try number()])
            try check(shape.normals.count, "normals")
        default:
            return
        }
    }

    private mutating func readFace() throws {
        var corners: [MeshCorner] = []
        while !scanner.isAtLineEnd() {
            guard let found = scanner.corner() else {
                throw damaged("expected a corner such as 1/2/3, found “\(scanner.rest())”")
            }
            guard corners.count < limits.maximumCorners else {
                throw tooMuch("a face has more than \(limits.maximumCorners) corners")
            }
            corners.append(
                MeshCorner(
                    position: try position(found.x),
                    coordinate: Self.index(found.y, shape.coordinates.count) ?? -1,
                    normal: Self.index(found.z, shape.normals.count) ?? -1
                )
            )
        }
        guard corners.count > 2 else { return }
        let places =
            corners.count == 3
            ? [0, 1, 2]
            : cutter.triangles(of: corners.map { shape.positions[Int($0.position)] })
        guard shape.triangleMaterials.count + places.count / 3 <= limits.maximumTriangles else {
            throw tooMuch("has more than \(limits.maximumTriangles) triangles")
        }
        for place in places { shape.corners.append(corners[place]) }
        for _ in 0..<places.count / 3 { shape.triangleMaterials.append(material) }
    }

    private func position(_ given: Int32) throws -> Int32 {
        let count = shape.positions.count
        guard let index = Self.index(given, count) else {
            throw damaged("a corner has the position \(given), there are \(count) so far")
        }
        return index
    }

    /// A place from 0, of one that counts from 1 or, when negative, back from the end.
    ///
    /// Nil where there is none; a coordinate or a normal can be done without.
    private static func index(_ given: Int32, _ count: Int) -> Int32? {
        let index = given > 0 ? Int(given) - 1 : count + Int(given)
        return given != 0 && (0..<count).contains(index) ? Int32(index) : nil
    }

    private mutating func use(_ name: String) throws {
        if let known = materialPlaces[name] {
            material = known
            return
        }
        guard shape.materialNames.count < limits.maximumMaterials else {
            throw tooMuch("has more than \(limits.maximumMaterials) materials")
        }
        material = Int32(shape.materialNames.count)
        materialPlaces[name] = material
        shape.materialNames.append(name)
    }

    private mutating func number() throws -> Float {
        guard let value = scanner.number(), abs(value) <= 1e9 else {
            throw damaged("expected a number within ±1e9 before “\(scanner.rest())”")
        }
        return Float(value)
    }

    /// Programs write coordinates far off, and even `nan`, for faces that need none.
    private mutating func coordinate() throws -> Float {
        guard let value = scanner.number() else {
            guard let word = scanner.word(), word.first != 35 else {
                throw damaged("expected a texture coordinate")
            }
            return 0
        }
        return abs(value) <= 1e6 ? Float(value) : 0
    }

    private func check(_ count: Int, _ what: String) throws {
        guard count <= limits.maximumVertices else {
            throw tooMuch("has more than \(limits.maximumVertices) \(what)")
        }
    }

    private func damaged(_ what: String) -> DatasetError {
        DatasetError(.damaged, at: "\(place):\(scanner.line)", what, cure: "export the model again")
    }

    private func tooMuch(_ what: String) -> DatasetError {
        DatasetError(.unsafe, at: "\(place):\(scanner.line)", what, cure: "make the model simpler")
    }
}
