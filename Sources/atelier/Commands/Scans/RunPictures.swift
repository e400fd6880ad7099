import Foundation
import Generation
import Runs
import Training

/// Where the pictures lie that a run learned from.
enum RunPictures {
    /// What a run was told, or else what its recipe says, and whether it held a part of them out.
    ///
    /// - Parameters:
    ///   - model: What was given as the model; nothing for the bundled one.
    ///   - runs: The folder of runs.
    /// - Returns: No path for what is no run, or where the recipe does not say.
    static func of(_ model: String?, in runs: String) -> (path: String?, holdsOut: Bool) {
        guard let model else { return (nil, true) }
        guard let place = try? NamedRun.place(model, in: runs),
            let run = try? RunFolder(opening: place)
        else { return (nil, true) }
        guard let options = try? Data(contentsOf: run.trainingOptions),
            let recipe = try? JSONDecoder().decode(Recipe.self, from: options)
        else { return (run.dataPath, true) }
        return (run.dataPath ?? recipe.data.path, recipe.data.holdsOut)
    }
}
