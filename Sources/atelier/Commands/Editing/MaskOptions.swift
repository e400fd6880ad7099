import ArgumentParser
import Foundation
import Imaging

/// Which part of a picture is meant.
struct MaskOptions: ParsableArguments {
    @Option(help: "A picture of the same size: clear, or white, where it is drawn anew.")
    var mask: String?

    @Option(help: "A rectangle in place of a mask: left,top,width,height in pixels.")
    var region: String?

    func validate() throws {
        if mask != nil, region != nil {
            throw ValidationError("--mask and --region are both given, expected one of them.")
        }
        if let region, MaskOptions.numbers(region) == nil {
            throw ValidationError(
                "--region expects left,top,width,height in whole pixels, found '\(region)'."
            )
        }
    }

    /// Whether a part was named.
    var isGiven: Bool { mask != nil || region != nil }

    /// The mask of a picture; nothing where none was given.
    func mask(of picture: Picture) throws -> PictureMask? {
        if let mask { return PictureMask(try Picture(contentsOf: URL(filePath: mask))) }
        return region.flatMap(MaskOptions.numbers).map { numbers in
            PictureMask(
                width: picture.width,
                height: picture.height,
                hiding: numbers[0]..<numbers[0] + numbers[2],
                numbers[1]..<numbers[1] + numbers[3]
            )
        }
    }

    private static func numbers(_ region: String) -> [Int]? {
        let numbers = region.split(separator: ",").map { Int($0) }
        guard numbers.count == 4, numbers.allSatisfy({ (0...1_000_000).contains($0 ?? -1) }) else {
            return nil
        }
        return numbers.compactMap { $0 }
    }
}
