import Foundation
import Generation
import Runs
import Training

/// Where the pictures lie that a run learned from.
enum RunPictures {
    /// What a run was told, or else what its recipe says.
    ///
    /// - Parameters:
    ///   - model: What was given as the model; nothing for the bundled one.
    ///   - runs: The folder of runs.
    /// - Returns: Nothing for what is no run, or where the recipe does not say.
    static func path(of model: String?, in runs: String) -> String? {
        guard let model else { return nil }
        let place =
            model == "last"
            ? (try? RunFolder.newest(in: URL(filePath: runs, directoryHint: .isDirectory)))?.url
            : URL(filePath: model, directoryHint: .isDirectory)
        guard let place, let run = try? RunFolder(opening: place) else { return nil }
        if let told = run.dataPath { return told }
        guard let options = try? Data(contentsOf: run.trainingOptions),
            let recipe = try? JSONDecoder().decode(Recipe.self, from: options)
        else { return nil }
        return recipe.data.path
    }
}
