import ArgumentParser
import Foundation
import Generation
import Imaging

/// `atelier inpaint`: a part of a picture drawn anew.
struct InpaintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inpaint",
        abstract: "Draw a part of a picture anew; the rest stays to the last bit.",
        discussion: """
            Examples:
              atelier inpaint cat.png --mask mask.png --prompt "a cat with a hat"
              atelier inpaint cat.png --region 16,0,32,20
            """
    )

    @Argument(help: "The picture.")
    var picture: String

    @Option(help: "A picture of the same size: clear, or white, where it is drawn anew.")
    var mask: String?

    @Option(help: "A rectangle in place of a mask: left,top,width,height in pixels.")
    var region: String?

    @OptionGroup var options: EditOptions

    func validate() throws {
        guard (mask == nil) != (region == nil) else {
            throw ValidationError("inpaint expects --mask or --region, one of them.")
        }
        if let region, InpaintCommand.numbers(region) == nil {
            throw ValidationError(
                "--region expects left,top,width,height in whole pixels, found '\(region)'."
            )
        }
    }

    func run() async throws {
        try await options.run([picture]) { model, pictures, request in
            try model.inpainted(
                pictures[0],
                try mask(of: pictures[0]),
                name: picture,
                request
            )
        }
    }

    private func mask(of picture: Picture) throws -> PictureMask {
        if let mask { return PictureMask(try Picture(contentsOf: URL(filePath: mask))) }
        let numbers = region.flatMap(InpaintCommand.numbers) ?? [0, 0, 0, 0]
        return PictureMask(
            width: picture.width,
            height: picture.height,
            hiding: numbers[0]..<numbers[0] + numbers[2],
            numbers[1]..<numbers[1] + numbers[3]
        )
    }

    private static func numbers(_ region: String) -> [Int]? {
        let numbers = region.split(separator: ",").map { Int($0) }
        guard numbers.count == 4, numbers.allSatisfy({ (0...1_000_000).contains($0 ?? -1) }) else {
            return nil
        }
        return numbers.compactMap { $0 }
    }
}
