/// The number of an element: its group in the upper half, its place there in the lower.
enum DICOMTag {
    static let transferSyntax: UInt32 = 0x0002_0010
    static let imageType: UInt32 = 0x0008_0008
    static let objectClass: UInt32 = 0x0008_0016
    static let modality: UInt32 = 0x0008_0060
    static let patient: UInt32 = 0x0010_0020
    static let detectorSpacing: UInt32 = 0x0018_1164
    static let series: UInt32 = 0x0020_000E
    static let position: UInt32 = 0x0020_0032
    static let orientation: UInt32 = 0x0020_0037
    static let planeOrientations: UInt32 = 0x0020_9116
    static let samples: UInt32 = 0x0028_0002
    static let photometric: UInt32 = 0x0028_0004
    static let frames: UInt32 = 0x0028_0008
    static let rows: UInt32 = 0x0028_0010
    static let columns: UInt32 = 0x0028_0011
    static let spacing: UInt32 = 0x0028_0030
    static let aspect: UInt32 = 0x0028_0034
    static let bitsAllocated: UInt32 = 0x0028_0100
    static let bitsStored: UInt32 = 0x0028_0101
    static let highBit: UInt32 = 0x0028_0102
    static let isSigned: UInt32 = 0x0028_0103
    static let windowCentre: UInt32 = 0x0028_1050
    static let windowWidth: UInt32 = 0x0028_1051
    static let intercept: UInt32 = 0x0028_1052
    static let slope: UInt32 = 0x0028_1053
    static let windowFunction: UInt32 = 0x0028_1056
    static let valueTable: UInt32 = 0x0028_3000
    static let tableShape: UInt32 = 0x0028_3002
    static let tableData: UInt32 = 0x0028_3006
    static let measures: UInt32 = 0x0028_9110
    static let frameWindows: UInt32 = 0x0028_9132
    static let frameValues: UInt32 = 0x0028_9145
    static let sharedGroups: UInt32 = 0x5200_9229
    static let frameGroups: UInt32 = 0x5200_9230
    static let pixels: UInt32 = 0x7FE0_0010
    static let item: UInt32 = 0xFFFE_E000
    static let itemEnd: UInt32 = 0xFFFE_E00D
    static let sequenceEnd: UInt32 = 0xFFFE_E0DD

    /// The sequences that are looked into.
    static let sequences: Set<UInt32> = [
        valueTable, measures, frameWindows, frameValues, planeOrientations, sharedGroups,
        frameGroups,
    ]

    /// The elements that are kept; all others are passed over.
    static let kept: Set<UInt32> = sequences.union([
        imageType, objectClass, modality, patient, detectorSpacing, series, position, orientation,
        samples, photometric, frames, rows, columns, spacing, aspect, bitsAllocated, bitsStored,
        highBit, isSigned, windowCentre, windowWidth, intercept, slope, windowFunction, tableShape,
        tableData, pixels,
    ])

    /// The number as DICOM's documents write it.
    static func text(_ tag: UInt32) -> String {
        func half(_ value: UInt32) -> String {
            let digits = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "(\(half(tag >> 16)),\(half(tag & 0xFFFF)))"
    }
}
