import Checks
import Files
import Foundation

extension Safetensors {
    /// Writes tensors to a file that appears whole or not at all.
    ///
    /// - Throws: `TorchError.badWeights` for names that the format or `read` refuses,
    ///   `TorchError.file` with the system's reason; the file is then as it was before.
    public static func write(
        _ tensors: [(name: String, tensor: Tensor)],
        metadata: [String: String] = [:],
        to url: URL
    ) throws(TorchError) {
        let found = Dictionary(tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
        do {
            try write(
                tensors.map { ($0.name, TensorOutline($0.tensor)) },
                metadata: metadata,
                to: url
            ) { name in
                guard let tensor = found[name] else { preconditionFailure("lost \(name)") }
                return tensor
            }
        } catch let error as TorchError {
            throw error
        } catch {
            throw .file(path: url.path, problem: "\(error)")
        }
    }

    /// Writes tensors that are made one by one, so that memory holds one of them at a time.
    ///
    /// - Parameters:
    ///   - outlines: Names, shapes and types.
    ///   - metadata: Texts.
    ///   - url: The file, which appears whole or not at all.
    ///   - make: Gives a tensor of these by its name.
    /// - Throws: `TorchError` as the other form does, and what `make` throws.
    public static func write(
        _ outlines: [(name: String, outline: TensorOutline)],
        metadata: [String: String] = [:],
        to url: URL,
        make: (String) throws -> Tensor
    ) throws {
        let sorted = try ordered(outlines, path: url.path)
        let header = try header(sorted, metadata, path: url.path)
        do {
            let file = try FileDraft(url)
            try file.append(header)
            for (name, outline) in sorted {
                let tensor = try make(name)
                precondition(TensorOutline(tensor) == outline, "\(name) is not \(outline)")
                try file.append(tensor.bytes())
            }
            try file.commit()
        } catch let error as FileError {
            throw TorchError.file(path: url.path, problem: "\(error)")
        }
    }

    /// The bytes that `write` puts into a file.
    ///
    /// - Throws: `TorchError.badWeights` for names that the format or `read` refuses.
    public static func encode(
        _ tensors: [(name: String, tensor: Tensor)],
        metadata: [String: String] = [:]
    ) throws(TorchError) -> Data {
        let sorted = try ordered(
            tensors.map { ($0.name, TensorOutline($0.tensor)) },
            path: "The data"
        )
        var data = Data(try header(sorted, metadata, path: "The data"))
        let found = Dictionary(tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
        for (name, _) in sorted {
            if let tensor = found[name] { data.append(contentsOf: tensor.bytes()) }
        }
        return data
    }

    /// Larger elements first, so that each tensor lies where its type wants it, then by name.
    private static func ordered(
        _ tensors: [(name: String, outline: TensorOutline)],
        path: String
    ) throws(TorchError) -> [(name: String, outline: TensorOutline)] {
        var names: Set<String> = []
        for (name, outline) in tensors {
            guard SafetensorsHeader.isName(name) else {
                throw .badWeights(path: path, problem: "\(name.debugDescription) is no name")
            }
            guard names.insert(name).inserted else {
                throw .badWeights(path: path, problem: "tensor '\(name)' is there twice")
            }
            guard outline.shape.count <= SafetensorsHeader.maximumRank else {
                throw .badWeights(path: path, problem: "tensor '\(name)' has too many dimensions")
            }
        }
        guard tensors.count <= SafetensorsHeader.maximumCount else {
            throw .badWeights(path: path, problem: "\(tensors.count) tensors are too many")
        }
        return tensors.sorted {
            ($1.outline.dtype.byteCount, $0.name) < ($0.outline.dtype.byteCount, $1.name)
        }
    }

    /// The length and the compact JSON, filled with spaces to a multiple of 8.
    private static func header(
        _ tensors: [(name: String, outline: TensorOutline)],
        _ metadata: [String: String],
        path: String
    ) throws(TorchError) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let texts = metadata.sorted { $0.key < $1.key }
                .map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
        }
        var end = 0
        for (name, outline) in tensors {
            let start = end
            end += outline.shape.reduce(1, *) * outline.dtype.byteCount
            let shape = outline.shape.map(String.init).joined(separator: ",")
            members.append(
                "\"\(name)\":{\"dtype\":\"\(StoredType(outline.dtype).rawValue)\","
                    + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
            )
        }
        var text = Array("{\(members.joined(separator: ","))}".utf8)
        text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        guard text.count <= SafetensorsHeader.maximumBytes else {
            throw .badWeights(path: path, problem: "its header would have \(text.count) bytes")
        }
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
