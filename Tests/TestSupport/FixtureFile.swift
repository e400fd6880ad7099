import Foundation
import Synchronization

/// A fixture as it lies in `Tests/Fixtures`: the bytes of its tensors and the list of its cases.
///
/// Reads safetensors on its own, so that the library's reader is not checked against itself.
struct FixtureFile: Sendable {
    let tensors: [String: Entry]
    let cases: [String: Case]
    private let data: Data
    private let start: Int

    struct Entry: Decodable, Sendable {
        let dtype: String
        let shape: [Int]
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype
            case shape
            case offsets = "data_offsets"
        }
    }

    struct Case: Decodable, Sendable {
        let operation: String
        let options: [String: FixtureOption]
    }

    private struct Header: Decodable {
        var tensors: [String: Entry] = [:]

        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for key in container.allKeys where key.stringValue != "__metadata__" {
                tensors[key.stringValue] = try container.decode(Entry.self, forKey: key)
            }
        }
    }

    private static let loaded = Mutex<[String: FixtureFile]>([:])

    /// The fixture of that name, read once.
    static func named(_ name: String) throws -> FixtureFile {
        try loaded.withLock { files in
            if let file = files[name] { return file }
            let file = try FixtureFile(reading: name)
            files[name] = file
            return file
        }
    }

    private init(reading name: String) throws {
        let folder = repositoryRoot.appending(path: "Tests/Fixtures")
        data = try Data(contentsOf: folder.appending(path: "\(name).safetensors"))
        let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        start = 8 + length
        tensors = try JSONDecoder().decode(Header.self, from: data[8..<start]).tensors
        let manifest = try Data(contentsOf: folder.appending(path: "\(name).json"))
        cases = try JSONDecoder().decode([String: Case].self, from: manifest)
    }

    /// The bytes of one tensor.
    func bytes(of entry: Entry) -> Data {
        data[(start + entry.offsets[0])..<(start + entry.offsets[1])]
    }
}
