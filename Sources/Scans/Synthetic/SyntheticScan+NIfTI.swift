import Foundation
import Imaging

extension SyntheticScan {
    /// All drawings as slices of one NIfTI file of version 1, the first at the feet.
    ///
    /// A comment behind the header says what they are, as its description does.
    public func niftiFile() -> Data {
        let (width, height) = (pictures[0].width, pictures[0].height)
        var comment = Array(note.derivation(indices).utf8)
        // Size and code of the comment count, and all of it is a multiple of sixteen.
        comment += [UInt8](repeating: 0, count: (16 - (comment.count + 8) % 16) % 16)
        let offset = 352 + 8 + comment.count
        var bytes = [UInt8](repeating: 0, count: 352)
        func put(_ place: Int, _ values: [UInt8]) {
            bytes.replaceSubrange(place..<place + values.count, with: values)
        }
        func short(_ place: Int, _ values: [Int]) {
            put(place, values.flatMap { DICOMWriter.little(Int16(clamping: $0)) })
        }
        func floats(_ place: Int, _ values: [Double]) {
            put(place, values.flatMap { DICOMWriter.little(Float($0).bitPattern) })
        }
        let side = spacing ?? 1
        put(0, DICOMWriter.little(Int32(348)))
        short(40, [3, width, height, pictures.count, 1, 1, 1, 1])
        short(70, [NIfTIType.uint16.rawValue, 16])
        floats(76, [1, side, side, side, 0, 0, 0, 0])
        floats(108, [Double(offset), (range.high - range.low) / 65_535, range.low])
        put(123, [2])
        floats(124, [range.high, range.low])
        put(148, Array(SyntheticNote.short.utf8.prefix(79)))
        short(252, [0, 1])
        // Columns go to the patient's left and rows to the back, as a slice is looked at.
        floats(280, [-side, 0, 0, 0, 0, -side, 0, 0, 0, 0, side, 0])
        put(328, Array("synthetic".utf8))
        put(344, Array("n+1".utf8))
        put(348, [1, 0, 0, 0])
        var data = Data(bytes)
        data.append(contentsOf: DICOMWriter.little(Int32(clamping: comment.count + 8)))
        data.append(contentsOf: DICOMWriter.little(Int32(6)))
        data.append(contentsOf: comment)
        for picture in pictures {
            data.append(contentsOf: picture.sixteenBitSamples.flatMap(DICOMWriter.little))
        }
        return data
    }
}
