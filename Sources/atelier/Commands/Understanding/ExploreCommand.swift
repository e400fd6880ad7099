import ArgumentParser
import Files
import Foundation
import Generation
import Prompts
import Requests

/// `atelier explore`: a place among all that a model can draw.
struct ExploreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explore",
        abstract: "Draw a place among all that a model can draw.",
        discussion: """
            The middle is a seed's picture; --x goes to the next of its row, --y to the one after that. Models \
            with styles take those of other seeds in some layers, coarse ones first, and other noise.

            Example: atelier explore --model last --seed 7 --x 0.4 --y -0.2 --psi 0.7 --layer 0-3=12

            The studio's page has the same as a pad that is moved on. For models that draw in one step.
            """
    )

    @Option(
        parsing: .unconditional,
        help: "From the seed's picture, 0, to the next one, 1; −1 is opposite."
    )
    var x = 0.0

    @Option(
        parsing: .unconditional,
        help: "From the seed's picture, 0, to the one after the next, 1."
    )
    var y = 0.0

    @Option(help: "What remains of the distance to the mean picture; as usual by default.")
    var psi: Double?

    @Option(help: "Key of all random numbers.")
    var seed: UInt64 = 0

    @Option(help: "The picture's place in the seed's row.")
    var index = 0

    @Option(help: "Key of the noise that gives details; the model's own by default.")
    var noise: UInt64?

    @Option(
        help: "Layers and the seed whose style they take, such as 3=77 or 0-3=77; may be repeated."
    )
    var layer: [String] = []

    @Option(help: "What is asked for: the class, by name or number.")
    var prompt: String?

    @Option(help: "The picture to write.")
    var out = "explore.png"

    @OptionGroup var placement: PlacementOptions

    @OptionGroup var rules: RuleOptions

    @OptionGroup var model: ModelOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for (name, value, range) in [
            ("--x", x, -1.0...1), ("--y", y, -1.0...1), ("--psi", psi ?? 1, 0.0...2),
            ("--index", Double(index), 0.0...999_999_999),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
        _ = try layers()
    }

    func run() async throws {
        let model = try model.load()
        var place = Exploration()
        (place.x, place.y, place.psi, place.noise) = (x, y, psi, noise)
        place.layers = try layers()
        let read = try prompt.flatMap {
            try Prompt.all(of: $0, presets: PresetsFile.own.read(), limit: 1).first?.withChosenStyle
        }
        var request = PictureRequest(.explore(place), read, seed: seed, first: index, count: 1)
        placement.add(to: &request.sampling)
        try model.perform(request, by: try rules.load()) { event in
            guard case .picture(_, let drawing) = event else { return }
            let file = try NewFile.write(drawing, to: URL(filePath: out)).path
            Console.say(file, output)
            if output.json { Console.json(Report(picture: file)) }
        }
    }

    /// Seeds by layer.
    private func layers() throws -> [Int: UInt64] {
        var layers: [Int: UInt64] = [:]
        for text in layer {
            let halves = KeyboardForms.plain(text)
                .split(separator: "=", omittingEmptySubsequences: false)
            let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map {
                Int($0)
            }
            guard halves.count == 2, let seed = UInt32(halves[1]), (1...2).contains(ends.count),
                let first = ends[0], let last = ends[ends.count - 1], 0...63 ~= first,
                first...63 ~= last
            else {
                throw ValidationError(
                    "--layer expects LAYER=SEED or FIRST-LAST=SEED, found '\(text)'."
                )
            }
            for number in first...last { layers[number] = UInt64(seed) }
        }
        return layers
    }

    /// What was drawn, for programs.
    private struct Report: Encodable { let picture: String }
}
