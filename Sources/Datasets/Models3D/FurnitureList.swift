import Foundation

/// The list of a catalogue: for each number `n` the keys `name#n`, `model#n`, `creator#n`.
struct FurnitureList {
    private let list: [String: String]
    private let chinese: [String: String]
    private let stem: String

    init(_ list: [String: String], chinese: [String: String], stem: String) {
        self.list = list
        self.chinese = chinese
        self.stem = stem
    }

    /// The models in the order of their numbers; those without a name or a shape are left out.
    var models: [FurnitureModel] {
        let numbers = list.keys.compactMap { key -> Int? in
            key.hasPrefix("name#") ? Int(key.dropFirst(5)) : nil
        }
        return numbers.sorted().compactMap(model)
    }

    private func model(_ number: Int) -> FurnitureModel? {
        guard let name = value("name", number), let shape = value("model", number),
            shape.lowercased().hasSuffix(".obj")
        else { return nil }
        let path = shape.hasPrefix("/") ? String(shape.dropFirst()) : shape
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let id = value("id", number)?.split(separator: "#").last.map(String.init)
        return FurnitureModel(
            identifier: "\(stem)/\(id ?? String(file.dropLast(4)))",
            name: name,
            chineseName: chineseValue("name", number),
            category: value("category", number) ?? "Miscellaneous",
            chineseCategory: chineseValue("category", number),
            tags: (value("tags", number) ?? "").split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }.filter { !$0.isEmpty },
            path: path,
            placement: Mesh.Placement(rotation: rotation(number), size: size(number)),
            provenance: PictureProvenance(
                artist: value("creator", number) ?? list["provider"] ?? stem,
                licence: Self.licence(value("license", number) ?? list["license"] ?? ""),
                source: "Sweet Home 3D, \(list["name"] ?? stem)"
            )
        )
    }

    private func value(_ key: String, _ number: Int) -> String? {
        list["\(key)#\(number)"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Names that nobody translated are English in the Chinese list.
    private func chineseValue(_ key: String, _ number: Int) -> String? {
        chinese["\(key)#\(number)"].flatMap { text in
            let hasChinese = text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            return hasChinese ? text : nil
        }
    }

    private func size(_ number: Int) -> SIMD3<Float>? {
        let sides = ["width", "height", "depth"].compactMap { key in
            value(key, number).flatMap { Float($0) }
        }
        guard sides.count == 3, sides.allSatisfy({ $0 > 0 && $0 < 1e6 }) else { return nil }
        return SIMD3(sides[0], sides[1], sides[2])
    }

    private func rotation(_ number: Int) -> [SIMD3<Float>]? {
        let numbers = (value("modelRotation", number) ?? "").split(separator: " ").compactMap {
            Float($0)
        }
        guard numbers.count == 9, numbers.allSatisfy({ abs($0) <= 1.001 }) else { return nil }
        return (0..<3).map { SIMD3(numbers[3 * $0], numbers[3 * $0 + 1], numbers[3 * $0 + 2]) }
    }

    /// The licence's SPDX identifier; its own words where there is none.
    private static func licence(_ text: String) -> String {
        let lowered = text.lowercased()
        if lowered.contains("public domain") || lowered.contains("cc0") { return "CC0-1.0" }
        guard lowered.contains("creative commons"), lowered.contains("attribution"),
            lowered.contains("3.0"), !lowered.contains("share"), !lowered.contains("commercial")
        else { return text.isEmpty ? "unknown" : text }
        return lowered.contains("united states") ? "CC-BY-3.0-US" : "CC-BY-3.0"
    }
}
