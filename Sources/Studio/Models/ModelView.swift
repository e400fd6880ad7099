import Foundation
import Hub
import Requests

/// A model as pages and programs see it.
struct ModelView: Codable, Sendable {
    var id: String
    var name: String
    var isDefault: Bool
    var isBundled: Bool
    /// Whether its files have checksums that they can be compared with.
    var isFetched: Bool
    var created: Double
    var family = ""
    var recipe = ""
    var set = ""
    var images = 0
    var width = 0
    var height = 0
    var channels = 0
    /// Pixels of the longer side of what it draws where no size is asked for.
    var usualSide = 0
    var classNames: [String] = []
    var takesText = false
    var repairs = false
    var digest = ""
    var styles = 0
    var explores = false
    var translates = false
    var refused: [String: String] = [:]
    var card: String

    /// A model.
    init(_ model: ModelRecord) {
        id = model.id
        name = model.name
        isDefault = model.isDefault
        isBundled = model.file == nil
        isFetched = model.file.map(HubCache.holds) ?? false
        created = model.created
        card = ""
        guard
            let summary = try? JSONDecoder().decode(
                ModelSummary.self,
                from: Data(model.summary.utf8)
            )
        else { return }
        family = summary.family
        recipe = summary.recipe
        set = summary.set
        images = summary.images
        width = summary.width
        height = summary.height
        channels = summary.channels
        usualSide = summary.usualSide ?? max(width, height)
        classNames = summary.classNames
        takesText = summary.takesText
        repairs = summary.repairs
        digest = summary.digest
        (styles, explores) = (summary.styles ?? 0, summary.explores ?? false)
        translates = summary.translates ?? false
        refused = ModelShelf.withoutPriorities(summary.refused ?? [:])
        let trained =
            "Recipe `\(recipe)`, family `\(family)`, data set `\(set)`, \(images) pictures shown in training."
        card = """
            # \(name)

            \(summary.terms.map { "Published weights of the family `\(family)`. \($0)" } ?? trained)
            Pictures of \(width) × \(height) with \(channels) channels; \
            \(takesText ? "asked in words" : "asked by class").
            """
    }
}
