/// An element of a DICOM file: where its value lies.
struct DICOMElement: Sendable {
    /// The bytes of the value, or those of all its fragments.
    let range: Range<Int>
    /// What a sequence holds.
    var items: [DICOMItem] = []
    /// The fragments of packed pixels; the first is a table of places.
    var fragments: [Range<Int>]?
    /// Whether the value is a row of words, whose bytes are swapped where the high byte comes first.
    var isWords = false
}

/// Elements by their numbers.
typealias DICOMItem = [UInt32: DICOMElement]
