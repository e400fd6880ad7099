import Foundation

/// The values of elements as numbers and texts.
struct DICOMValues {
    private let bytes: ScanBytes
    private let syntax: TransferSyntax
    private let elements: DICOMItem

    init(_ bytes: ScanBytes, _ syntax: TransferSyntax, _ elements: DICOMItem) {
        (self.bytes, self.syntax, self.elements) = (bytes, syntax, elements)
    }

    /// A whole number of two bytes.
    func whole(_ tag: UInt32) -> Int? { wholes(tag)?.first }

    /// Whole numbers of two bytes.
    func wholes(_ tag: UInt32) -> [Int]? {
        guard let range = elements[tag]?.range, range.count >= 2 else { return nil }
        return stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).compactMap {
            (try? bytes.number($0, UInt16.self, isBig: syntax.isBig)).map(Int.init)
        }
    }

    /// A text; nothing for one that is empty or very long.
    func text(_ tag: UInt32) -> String? {
        guard let range = elements[tag]?.range, range.count <= 4096 else { return nil }
        let text = bytes.text(range)
        return text.isEmpty ? nil : text
    }

    /// The first of numbers that are written in digits.
    func decimal(_ tag: UInt32) -> Double? { decimals(tag).first }

    /// Numbers that are written in digits.
    func decimals(_ tag: UInt32) -> [Double] {
        let parts = text(tag)?.split(separator: "\\", omittingEmptySubsequences: false) ?? []
        let numbers = parts.map { Double($0.trimmingCharacters(in: .whitespaces)) }
        return numbers.contains(nil) ? [] : numbers.compactMap { $0 }.filter(\.isFinite)
    }

    /// The values within the first item of a sequence.
    func first(_ tag: UInt32) -> DICOMValues? {
        (elements[tag]?.items.first).map { DICOMValues(bytes, syntax, $0) }
    }

    /// The values within an item of a sequence.
    func item(_ tag: UInt32, _ index: Int) -> DICOMValues? {
        guard let items = elements[tag]?.items, items.indices.contains(index) else { return nil }
        return DICOMValues(bytes, syntax, items[index])
    }
}
