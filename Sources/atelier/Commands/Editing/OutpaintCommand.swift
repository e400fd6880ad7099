import ArgumentParser
import Requests

/// `atelier outpaint`: more around a picture.
struct OutpaintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outpaint",
        abstract:
            "Draw what is around a picture: at its sides, to a shape, or seen from further away.",
        discussion: """
            Examples:
              atelier outpaint cat.png --right 32
              atelier outpaint cat.png --aspect 3:2
              atelier outpaint cat.png --zoom 1.5
            """
    )

    @Argument(help: "The picture; it stays to the last bit, except with --zoom.")
    var picture: String

    @Option(help: "Pixels at the left.")
    var left = 0

    @Option(help: "Pixels at the right.")
    var right = 0

    @Option(help: "Pixels above.")
    var top = 0

    @Option(help: "Pixels below.")
    var bottom = 0

    @Option(help: "The shape that is reached, in whole numbers: 3:2.")
    var aspect: String?

    @Flag(help: "The shape of a square.")
    var square = false

    @Option(help: "The same size with the picture smaller in it: 1 to 2 times.")
    var zoom: Double?

    @OptionGroup var options: EditOptions

    func validate() throws {
        let sides = [left, right, top, bottom]
        guard sides.allSatisfy({ Limits.margin.contains($0) }) else {
            throw ValidationError("sides are 0 to 4096 pixels, found \(sides.max() ?? 0).")
        }
        let ways = [sides.contains { $0 > 0 }, aspect != nil, square, zoom != nil].count { $0 }
        guard ways == 1 else {
            throw ValidationError(
                "outpaint expects sides, --aspect, --square or --zoom, one of them."
            )
        }
        if let zoom, !(zoom > 1 && zoom <= 2) {
            throw ValidationError("--zoom expects more than 1, and 2 at most, found \(zoom).")
        }
        if let aspect, OutpaintCommand.ratio(aspect) == nil {
            throw ValidationError("--aspect expects whole numbers such as 3:2, found '\(aspect)'.")
        }
    }

    func run() async throws { try await options.run(.outpaint(outpainting), [picture]) }

    private var outpainting: Outpainting {
        if let zoom { return .zoom(zoom) }
        if let aspect = square ? (1, 1) : aspect.flatMap(OutpaintCommand.ratio) {
            return .aspect(width: aspect.0, height: aspect.1)
        }
        return .pixels(Sides(left: left, right: right, top: top, bottom: bottom))
    }

    private static func ratio(_ text: String) -> (width: Int, height: Int)? {
        let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
            Limits.aspect.contains(width), Limits.aspect.contains(height),
            max(width, height) <= Limits.longestAspect * min(width, height)
        else { return nil }
        return (width, height)
    }
}
