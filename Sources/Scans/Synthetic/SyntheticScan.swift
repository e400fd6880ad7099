import Files
import Foundation
import Imaging

/// Drawings on their way into files that programs of hospitals read: grey, sixteen bits, marked as synthetic.
public struct SyntheticScan: Sendable {
    /// The drawings, grey with sixteen bits, all of one size.
    let pictures: [Picture]
    /// Their places in the seed's row.
    let indices: [Int]
    /// What the files say of them.
    let note: SyntheticNote
    /// The values that black and white stand for; 0 and 65,535 where nothing is said.
    let range: ValueRange
    /// How far pixels lie apart; nothing where that is not known.
    ///
    /// Units: millimetres.
    let spacing: Double?

    /// Takes drawings on.
    ///
    /// - Parameters:
    ///   - pictures: The drawings; they become grey, and of sixteen bits where they have eight.
    ///   - indices: Their places in the seed's row.
    ///   - note: What the files say of them.
    ///   - range: The values that black and white stand for.
    ///   - spacing: How far pixels lie apart, in millimetres.
    /// - Throws: `ScanError` where there is none, or their sizes differ or are too large.
    public init(
        _ pictures: [Picture],
        indices: [Int],
        note: SyntheticNote,
        range: ValueRange? = nil,
        spacing: Double? = nil
    ) throws {
        guard let first = pictures.first, pictures.count == indices.count else {
            throw ScanError(.unsupported, at: "drawings", "there are none to be written")
        }
        guard first.width <= 32_767, first.height <= 32_767, pictures.count <= 32_767,
            pictures.allSatisfy({ $0.width == first.width && $0.height == first.height })
        else {
            throw ScanError(.unsupported, at: "drawings", "are not of one size of at most 32767")
        }
        self.pictures = pictures.map { picture in
            picture.flattened(background: .black).converted(channels: 1).converted(depth: .sixteen)
        }
        (self.indices, self.note, self.spacing) = (indices, note, spacing)
        self.range = range ?? .greys
    }
}
