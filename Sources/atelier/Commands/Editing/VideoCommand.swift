import ArgumentParser
import Files
import Foundation
import Generation
import Imaging
import Prompts

/// `atelier video`: a film from picture to picture.
struct VideoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "video",
        abstract: "Make a film that goes from picture to picture of a prompt.",
        discussion: """
            Example: atelier video "a cat" --seed 7 --pictures 4 --loop --out cat.png

            The film is an animated PNG: browsers and most viewers play it. With --sheet it is a sheet of sprites \
            with a JSON table of its frames, for games.
            """
    )

    @Argument(parsing: .allUnrecognized, help: "What to draw, and parameters.")
    var prompt: [String] = []

    @Option(help: "Key of all random numbers; a new one by default.")
    var seed: UInt64?

    @Option(help: "Pictures that the film goes through.")
    var pictures = 3

    @Option(help: "Frames from one picture to the next.")
    var frames = 12

    @Option(help: "Frames a second.")
    var rate = 12

    @Flag(help: "Come back to the first picture.")
    var loop = false

    @Option(name: [.short, .long], help: "The file to write.")
    var out = "film.png"

    @Option(help: "Enlarge each picture so many times, pixel by pixel.")
    var enlarge = 1

    @Flag(help: "Write the frames on a sheet, with a table beside it, in place of a film.")
    var sheet = false

    @OptionGroup var layout: SpriteOptions

    @OptionGroup var model: ModelOptions

    @OptionGroup var rules: RuleOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (2...100).contains(pictures) else {
            throw ValidationError("--pictures expects 2 to 100, found \(pictures).")
        }
        guard (1...240).contains(frames) else {
            throw ValidationError("--frames expects 1 to 240, found \(frames).")
        }
        guard (1...60).contains(rate) else {
            throw ValidationError("--rate expects 1 to 60, found \(rate).")
        }
        guard out.lowercased().hasSuffix(".png") || out.lowercased().hasSuffix(".apng") else {
            throw ValidationError("--out expects a name ending in .png, found '\(out)'.")
        }
        if sheet { try SpriteOptions.check(sheet: out) }
        guard (1...64).contains(enlarge) else {
            throw ValidationError("--enlarge expects 1 to 64, found \(enlarge).")
        }
    }

    func run() async throws {
        let typed = prompt.joined(separator: " ")
        let asked =
            try typed.allSatisfy(\.isWhitespace)
            ? nil
            : Prompt.all(of: typed, presets: PresetsFile.own.read(), limit: 1).first?
                .withChosenStyle
        let rules = try rules.load()
        if let asked { try rules.check(asked) }
        guard asked?.pictures.isEmpty ?? true, asked?.parameters.has(.draft) != true else {
            throw ValidationError("films begin with words alone: leave pictures and --draft out.")
        }
        let model = try model.load(asked?.parameters.choice)
        let seed = seed ?? asked?.parameters.seed ?? UInt64.random(in: 0...4_294_967_295)
        let indices = Array(0..<pictures)
        let request =
            try asked.map { try model.request($0, seed: seed, indices: indices) }
            ?? model.request(seed: seed, indices: indices)
        let isWatched = Terminal.isInteractive && !output.quiet
        let film = try model.film(request, frames: frames, isLoop: loop) { share in
            if isWatched { Terminal.show("film  \(Int(share * 100)) %") }
        }
        if isWatched { Terminal.clear() }
        if let kind = try model.blocked(film, by: rules).compactMap({ $0 }).first {
            throw PromptError(.blocked, "the film shows \(kind). \(rules.appeal)")
        }
        let larger = film.map {
            $0.resized(width: $0.width * enlarge, height: $0.height * enlarge, kernel: .nearest)
        }
        let metadata = PictureMetadata(
            parameters: "\(asked?.typed ?? "film")\nSeed: \(seed), Frames: \(film.count),"
                + " Model: \(model.description.recipe), Model hash: \(model.digest)"
        )
        if sheet {
            let place = URL(filePath: out)
            let name = place.deletingPathExtension().lastPathComponent.limited(toBytes: 200)
            let frames = larger.enumerated().map { number, picture in
                (name: "\(name)-\(String(format: "%04d", number)).png", picture: picture)
            }
            return try layout.write(
                try SpriteSheet(frames, layout.options),
                to: place,
                source: metadata,
                milliseconds: 1000 / rate,
                output
            )
        }
        let data = try AnimatedPNG(larger, milliseconds: 1000 / rate).encoded(metadata: metadata)
        let file = try NewFile.write(data, to: URL(filePath: out)).path
        Console.say("\(file): \(film.count) frames", output)
        Console.say("seed \(seed)", output)
        if output.json {
            Console.json(Report(file: file, frames: film.count, seed: seed))
        }
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        let file: String
        let frames: Int
        let seed: UInt64
    }
}
