import Foundation

/// A file of safetensors whose tensors are read one by one.
public struct SafetensorsFile {
    /// What the file holds.
    public let header: SafetensorsHeader
    private let source: FileSource
    private let start: Int
    private let places: [String: SafetensorsHeader.Entry]

    /// Opens a file and reads its header.
    ///
    /// - Throws: `TorchError.badWeights` with the rule that the file breaks, `TorchError.file`.
    public init(_ url: URL) throws(TorchError) {
        source = try FileSource(url)
        (header, start) = try Safetensors.header(of: source)
        places = Dictionary(header.entries.map { ($0.name, $0) }) { first, _ in first }
    }

    /// A tensor; nothing where there is none of that name.
    ///
    /// - Throws: `TorchError` for a file that changed, or numbers that are none.
    public func tensor(_ name: String) throws(TorchError) -> Tensor? {
        guard let place = places[name] else { return nil }
        return try Safetensors.tensor(place, source, start, false)
    }

    /// A table of numbers whose rows are read when they are asked for; nothing where there is none of that name.
    public func table(_ name: String) -> StoredTable? {
        guard let place = places[name] else { return nil }
        return StoredTable(place, source, start)
    }
}
