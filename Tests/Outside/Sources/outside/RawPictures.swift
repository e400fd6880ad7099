import Datasets
import Foundation
import Imaging
import Settings

/// A data format of somebody else's: a file of grey pictures of 8×8, one byte a pixel, one after the other.
struct RawPictures: PictureSource {
    /// The format, for the registry: files whose names end in `.grey`.
    static let format = DatasetFormat("grey") { place, _ in
        place.pathExtension == "grey"
    } open: { place, split in
        RawPictures(place, split: split, bytes: [UInt8](try Data(contentsOf: place)))
    }

    private static let side = 8

    let name: String
    let origin: Origin
    private let bytes: [UInt8]

    private init(_ place: URL, split: Split, bytes: [UInt8]) {
        name = "\(place.lastPathComponent)-\(split)"
        origin = Origin(identity: "\(place.path)|grey \(split)", files: [place])
        let pixels = RawPictures.side * RawPictures.side
        let training = bytes.count / pixels * 9 / 10 * pixels
        self.bytes = Array(split == .train ? bytes[..<training] : bytes[training...])
    }

    var count: Int { bytes.count / (RawPictures.side * RawPictures.side) }

    func record(at index: Int) -> ExampleRecord { ExampleRecord(identifier: "\(index)") }

    func picture(at index: Int) throws -> Picture {
        let pixels = RawPictures.side * RawPictures.side
        return Picture(
            width: RawPictures.side,
            height: RawPictures.side,
            channels: 1,
            samples: Array(bytes[index * pixels..<(index + 1) * pixels])
        )
    }
}
