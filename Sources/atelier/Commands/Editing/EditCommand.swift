import ArgumentParser
import Foundation
import Requests

/// `atelier edit`: any edit by its name, with what it can be told as the studio's interface calls it.
struct EditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Do any edit by its name, as the studio's interface does.",
        discussion: """
            Examples:
              atelier edit style cat.png --set style=oil --set strength=0.7
              atelier edit outpaint cat.png --set left=0.5
              atelier edit cube-map hills.png --set side=512 --out sky
              atelier edit material bricks.png --set convention=directx

            Edits, and what each can be told:
            \(EditCommand.names.map { "  " + $0.help }.joined(separator: "\n"))
            """
    )

    @Argument(help: "The edit.")
    var edit: PictureTask.Name

    @Argument(help: "The pictures.")
    var pictures: [String]

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("What it is told; give it again for more.", valueName: "name=value")
    )
    var told: [String] = []

    @OptionGroup var part: MaskOptions

    @OptionGroup var options: EditOptions

    /// Tasks that change pictures.
    private static let names = PictureTask.Name.allCases.filter {
        $0.form.pictures.lowerBound > 0
    }

    func validate() throws {
        guard Self.names.contains(edit) else {
            throw ValidationError(
                "expected \(Self.names.map(\.rawValue).joined(separator: ", ")), found "
                    + "'\(edit.rawValue)'."
            )
        }
    }

    func run() async throws {
        var numbers = TaskNumbers()
        for text in told {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw ValidationError("--set expects name=value, found '\(text)'.")
            }
            numbers[parts[0]] = Double(parts[1]).map { .number($0) } ?? .word(parts[1])
        }
        let task = try PictureTask(edit, numbers)
        if edit.form.needsModel {
            try await options.run(task, pictures, part: part)
        } else {
            try options.runWithoutModel(task, pictures, part: part)
        }
    }
}

extension PictureTask.Name: ExpressibleByArgument {
    /// Its name with those of its fields.
    fileprivate var help: String {
        let fields = form.fields.map(\.name).filter { !$0.hasPrefix("layer-") }
        return fields.isEmpty ? rawValue : "\(rawValue): \(fields.joined(separator: ", "))"
    }
}
