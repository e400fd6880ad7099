import Foundation

/// Reads and writes safetensors: named tensors in one file, nothing that could be executed.
///
/// Strict where files come from strangers: everything is checked against the file's size before
/// anything is allocated, names are plain, tensors fill the file without holes.
/// Files hold F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL; I32, I16 and I8 become int64.
public enum Safetensors {
    /// What a file holds, without its tensors.
    ///
    /// - Throws: `TorchError.badWeights` with the rule that the file breaks, `TorchError.file`.
    public static func readHeader(of url: URL) throws(TorchError) -> SafetensorsHeader {
        try header(of: FileSource(url)).header
    }

    /// The tensors and texts of a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - expected: Names, shapes and types that the file must have, no more and no less;
    ///     compared before any tensor is read.
    ///   - allowsNonFinite: Whether infinities and NaN are read rather than refused.
    /// - Returns: The tensors by name, on the processor, and the texts.
    /// - Throws: `TorchError.badWeights` with the rule that the file breaks, `TorchError.file`,
    ///   `StateMismatch` where the file has other tensors than expected.
    public static func read(
        from url: URL,
        expecting expected: [String: TensorOutline]? = nil,
        allowsNonFinite: Bool = false
    ) throws -> (tensors: [String: Tensor], metadata: [String: String]) {
        try read(FileSource(url), expected, allowsNonFinite)
    }

    /// The tensors and texts of a file in memory.
    ///
    /// - Parameters:
    ///   - data: The file's bytes.
    ///   - name: What errors call it.
    ///   - expected: Names, shapes and types that the file must have, no more and no less;
    ///     compared before any tensor is read.
    ///   - allowsNonFinite: Whether infinities and NaN are read rather than refused.
    /// - Returns: The tensors by name, on the processor, and the texts.
    /// - Throws: `TorchError.badWeights` with the rule that the file breaks, `StateMismatch` where
    ///   the file has other tensors than expected.
    public static func read(
        _ data: Data,
        name: String,
        expecting expected: [String: TensorOutline]? = nil,
        allowsNonFinite: Bool = false
    ) throws -> (tensors: [String: Tensor], metadata: [String: String]) {
        try read(MemorySource(name: name, data: data), expected, allowsNonFinite)
    }

    private static func read(
        _ source: any ByteSource,
        _ expected: [String: TensorOutline]?,
        _ allowsNonFinite: Bool
    ) throws -> (tensors: [String: Tensor], metadata: [String: String]) {
        let (header, start) = try header(of: source)
        if let expected {
            try StateMismatch.check(header.outlines, against: expected, origin: source.name)
        }
        var tensors: [String: Tensor] = [:]
        for entry in header.entries {
            tensors[entry.name] = try tensor(entry, source, start, allowsNonFinite)
        }
        return (tensors, header.metadata)
    }

    static func header(
        of source: any ByteSource
    ) throws(TorchError) -> (header: SafetensorsHeader, start: Int) {
        func bad(_ problem: String) -> TorchError {
            .badWeights(path: source.name, problem: problem)
        }
        guard source.count >= 8 else {
            throw bad("it has \(source.count) bytes, a header begins with 8")
        }
        var word: UInt64 = 0
        try withUnsafeMutableBytes(of: &word) { buffer throws(TorchError) in
            try source.read(into: buffer, at: 0)
        }
        let length = UInt64(littleEndian: word)
        guard length <= SafetensorsHeader.maximumBytes else {
            throw bad(
                "its header claims \(length) bytes, at most \(SafetensorsHeader.maximumBytes)"
                    + " are read"
            )
        }
        let start = 8 + Int(length)
        guard start <= source.count else {
            throw bad("its header claims \(length) bytes, the file has \(source.count - 8)")
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(length), alignment: 1)
        defer { buffer.deallocate() }
        try source.read(into: buffer, at: 8)
        let bytes = [UInt8](buffer)
        do throws(SafetensorsHeader.Problem) {
            return (try SafetensorsHeader(bytes, dataCount: source.count - start), start)
        } catch {
            throw bad(error.text)
        }
    }

    static func tensor(
        _ entry: SafetensorsHeader.Entry,
        _ source: any ByteSource,
        _ start: Int,
        _ allowsNonFinite: Bool
    ) throws(TorchError) -> Tensor {
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: entry.range.count,
            alignment: 16
        )
        defer { buffer.deallocate() }
        try source.read(into: buffer, at: start + entry.range.lowerBound)
        guard allowsNonFinite || !entry.type.hasNonFinite(UnsafeRawBufferPointer(buffer)) else {
            throw .badWeights(
                path: source.name,
                problem: "tensor '\(entry.name)' has infinities or NaN;"
                    + " allow non-finite numbers to read it all the same"
            )
        }
        return entry.type.tensor(buffer, shape: entry.shape)
    }
}
