import CSentencePiece
import Checks
import Foundation

/// Texts as numbers of pieces: frequent words are one piece, rare ones several, and what was never
/// seen is spelled in bytes.
///
/// Source: Kudo, "Subword regularization", 2018; the pieces are found and told apart by SentencePiece.
public final class TextPieces: Sendable {
    /// All that is needed to make the same pieces again.
    public let model: Data
    /// How many pieces there are.
    public let count: Int
    private let handle: Handle

    /// The library's own model.
    ///
    /// It is never changed once it is open, and its functions may be called from several threads at
    /// once.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Finds pieces in texts.
    ///
    /// - Parameters:
    ///   - texts: What is to be read: the same texts give the same pieces.
    ///   - pieces: How many are wanted; few texts may give fewer.
    /// - Throws: `DatasetError` where there is nothing to find pieces in.
    public convenience init(of texts: [String], pieces: Int) throws {
        let strings = texts.map { strdup($0) }
        defer { for string in strings { free(string) } }
        var found: UnsafeMutablePointer<UInt8>?
        var bytes = 0
        var message: UnsafeMutablePointer<CChar>?
        let status = strings.map { UnsafePointer($0) }.withUnsafeBufferPointer { pointers in
            csentencepiece_train(
                pointers.baseAddress,
                pointers.count,
                Int32(pieces),
                &found,
                &bytes,
                &message
            )
        }
        guard status == 0, let found else {
            throw DatasetError(
                .request,
                at: "pieces of \(texts.count) texts",
                TextPieces.taken(message),
                cure: "ask for another number of pieces than \(pieces), or give more texts"
            )
        }
        defer { csentencepiece_free(found) }
        try self.init(model: Data(bytes: found, count: bytes))
    }

    /// Pieces that were found before.
    ///
    /// - Throws: `DatasetError` for bytes that are no such model.
    public init(model: Data) throws {
        if let problem = CharacterTable.problem(inModel: model) {
            throw DatasetError(
                .damaged,
                at: "a model of text pieces",
                problem,
                cure: "fetch or train the model again"
            )
        }
        var opened: OpaquePointer?
        var message: UnsafeMutablePointer<CChar>?
        let status = model.withUnsafeBytes { bytes in
            csentencepiece_open(
                bytes.bindMemory(to: UInt8.self).baseAddress,
                bytes.count,
                &opened,
                &message
            )
        }
        guard status == 0, let opened else {
            throw DatasetError(
                .damaged,
                at: "a model of text pieces",
                TextPieces.taken(message),
                cure: "fetch or train the model again"
            )
        }
        self.model = model
        handle = Handle(pointer: opened)
        count = Int(csentencepiece_piece_count(opened))
    }

    deinit { csentencepiece_close(handle.pointer) }

    /// The pieces of a text; case and width of letters do not count.
    public func numbers(of text: String) -> [Int32] {
        var text = text
        var found: UnsafeMutablePointer<Int32>?
        var count = 0
        var message: UnsafeMutablePointer<CChar>?
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                csentencepiece_encode(
                    handle.pointer,
                    characters.baseAddress,
                    characters.count,
                    &found,
                    &count,
                    &message
                )
            }
        }
        guard status == 0, let found else {
            preconditionFailure("pieces of a text: \(TextPieces.taken(message))")
        }
        defer { csentencepiece_free(found) }
        return Array(UnsafeBufferPointer(start: found, count: count))
    }

    private static func taken(_ message: UnsafeMutablePointer<CChar>?) -> String {
        defer { csentencepiece_free(message) }
        return message.map { String(cString: $0) } ?? "SentencePiece gives no reason"
    }
}
