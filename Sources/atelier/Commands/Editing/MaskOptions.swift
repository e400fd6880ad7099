import ArgumentParser
import Requests

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
        if let region, parsedRegion == nil {
            throw ValidationError(
                "--region expects left,top,width,height in whole pixels, found '\(region)'."
            )
        }
    }

    /// Whether a part was named.
    var isGiven: Bool { mask != nil || region != nil }

    /// The rectangle; nothing where none was given, or it is none.
    var parsedRegion: Region? {
        guard let numbers = region?.split(separator: ",").map({ Int($0) }), numbers.count == 4,
            numbers.allSatisfy({ Limits.region.contains($0 ?? -1) })
        else { return nil }
        let pixels = numbers.compactMap { $0 }
        return Region(left: pixels[0], top: pixels[1], width: pixels[2], height: pixels[3])
    }
}
