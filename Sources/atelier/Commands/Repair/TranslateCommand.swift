import ArgumentParser
import Requests

/// `atelier translate`: pictures made into pictures of another kind.
struct TranslateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "translate",
        abstract: "Make pictures into pictures of another kind, by a model that learned it.",
        discussion: """
            Examples:
              atelier translate cat.png --model runs/00000-photo-to-sketch
              atelier translate streets/*.jpg --model last --out night
              atelier translate night.png --model last --backwards

            The model is a run of the family 'translation' (docs/translation.md). Pictures may have any size; they
            are drawn in windows as large as those that were learned from, mixed so that no edge shows.
            """
    )

    @Flag(help: "Translate the other way; for models that learned without pairs.")
    var backwards = false

    @OptionGroup var options: RepairOptions

    func validate() throws {
        guard options.model.model != nil else {
            throw ValidationError(
                "--model is missing: name a run of the family 'translation', or 'last' for the newest run."
            )
        }
    }

    func run() async throws {
        let end = backwards ? "-back" : ""
        try options.run(.translate(backwards: backwards)) { $0.description.recipe + end }
    }
}
