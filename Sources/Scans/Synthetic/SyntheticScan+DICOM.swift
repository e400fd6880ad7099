import Digests
import Foundation
import Imaging

extension SyntheticScan {
    /// Pictures that were captured secondhand: the class that fits what no scanner made.
    private static let objectClass = "1.2.840.10008.5.1.4.1.1.7"
    /// This program's own number.
    private static let program = "2.25.188204375916340861537223017450917349121"

    /// Each drawing as a DICOM file; together they are a series of their own.
    ///
    /// No file has anything of a patient. Numbers follow from what is drawn: the same drawings have the same, others
    /// have others. There are no dates, so that the same drawings become the same files.
    ///
    /// Source: DICOM PS3.3, A.8.1; Synthetic Data (0008,001C).
    public func dicomFiles() -> [Data] {
        let all = Hashing(.sha256)
        for picture in pictures { all.update(Data(picture.samples)) }
        all.update(Data("\(note)\(range)\(spacing ?? 0)".utf8))
        let sum = all.finished()
        let (study, series) = (SyntheticScan.number("study \(sum)"), SyntheticScan.number(sum))
        return pictures.indices.map { place in
            file(place, study: study, series: series, instance: "\(sum) \(indices[place]) \(place)")
        }
    }

    /// A registered number of no one's: that of random bits, which here follow from a text.
    ///
    /// Source: ITU-T X.667 and RFC 9562, version 8.
    private static func number(_ text: String) -> String {
        let digits = Hashing.sum(Data("atelier \(text)".utf8), .sha256).prefix(32)
        var value = UInt128(digits, radix: 16) ?? 0
        value = value & ~(UInt128(0xF) << 76) | UInt128(8) << 76
        value = value & ~(UInt128(0x3) << 62) | UInt128(2) << 62
        return "2.25.\(value)"
    }

    private func file(_ place: Int, study: String, series: String, instance: String) -> Data {
        let own = SyntheticScan.number(instance)
        var head = DICOMWriter()
        head.add(0x0002_0001, "OB", [0, 1])
        head.add(0x0002_0002, "UI", SyntheticScan.objectClass)
        head.add(0x0002_0003, "UI", own)
        head.add(0x0002_0010, "UI", TransferSyntax.explicit.number)
        head.add(0x0002_0012, "UI", SyntheticScan.program)
        head.add(0x0002_0013, "SH", "ATELIER")
        var length = DICOMWriter()
        length.add(0x0002_0000, "UL", DICOMWriter.little(UInt32(head.data.count)))
        let picture = pictures[place]
        var body = DICOMWriter()
        body.add(0x0008_0005, "CS", "ISO_IR 192")
        body.add(DICOMTag.imageType, "CS", "DERIVED\\SECONDARY")
        body.add(DICOMTag.objectClass, "UI", SyntheticScan.objectClass)
        body.add(0x0008_0018, "UI", own)
        body.add(0x0008_001C, "CS", "YES")
        body.add(0x0008_0020, "DA", "")
        body.add(0x0008_0030, "TM", "")
        body.add(0x0008_0050, "SH", "")
        body.add(DICOMTag.modality, "CS", "OT")
        body.add(0x0008_0064, "CS", "SYN")
        body.add(0x0008_0070, "LO", "Atelier")
        body.add(0x0008_0090, "PN", "")
        body.add(0x0008_103E, "LO", "SYNTHETIC, not for diagnosis")
        body.add(0x0008_2111, "ST", String(note.derivation([indices[place]]).prefix(1000)))
        body.add(0x0010_0010, "PN", "SYNTHETIC")
        body.add(DICOMTag.patient, "LO", "SYNTHETIC")
        body.add(0x0010_0030, "DA", "")
        body.add(0x0010_0040, "CS", "")
        body.add(0x0020_000D, "UI", study)
        body.add(DICOMTag.series, "UI", series)
        body.add(0x0020_0010, "SH", "")
        body.add(0x0020_0011, "IS", "1")
        body.add(0x0020_0013, "IS", "\(place + 1)")
        body.add(0x0020_0020, "CS", "")
        body.add(0x0020_4000, "LT", SyntheticNote.short)
        shape(picture, &body)
        body.add(DICOMTag.pixels, "OW", picture.sixteenBitSamples.flatMap(DICOMWriter.little))
        return Data(count: 128) + Data("DICM".utf8) + length.data + head.data + body.data
    }

    /// How pixels are to be read.
    private func shape(_ picture: Picture, _ body: inout DICOMWriter) {
        func short(_ tag: UInt32, _ value: Int) {
            body.add(tag, "US", DICOMWriter.little(UInt16(clamping: value)))
        }
        short(DICOMTag.samples, 1)
        body.add(DICOMTag.photometric, "CS", "MONOCHROME2")
        short(DICOMTag.rows, picture.height)
        short(DICOMTag.columns, picture.width)
        if let spacing {
            let text = DICOMWriter.decimal(spacing)
            body.add(DICOMTag.spacing, "DS", "\(text)\\\(text)")
        }
        short(DICOMTag.bitsAllocated, 16)
        short(DICOMTag.bitsStored, 16)
        short(DICOMTag.highBit, 15)
        short(DICOMTag.isSigned, 0)
        body.add(0x0028_0301, "CS", "NO")
        body.add(0x0028_0302, "CS", "NO")
        let width = range.high - range.low
        body.add(DICOMTag.windowCentre, "DS", DICOMWriter.decimal(range.low + width / 2))
        body.add(DICOMTag.windowWidth, "DS", DICOMWriter.decimal(width))
        body.add(DICOMTag.intercept, "DS", DICOMWriter.decimal(range.low))
        body.add(DICOMTag.slope, "DS", DICOMWriter.decimal(width / 65_535))
        body.add(0x0028_1054, "LO", "US")
        body.add(DICOMTag.windowFunction, "CS", "LINEAR_EXACT")
        body.add(0x0028_2110, "CS", "00")
    }
}
