import Adversarial
import Datasets
import Runs
import Torch

/// What of a run several processes can share, and why not the rest.
enum SharedRun {
    /// Refuses what would not be the same run on several processes.
    ///
    /// - Parameters:
    ///   - recipe: What is to be trained.
    ///   - order: Which pictures make up batches; nil where the data was not opened yet.
    ///   - count: How many processes there are.
    /// - Throws: `TrainingError`.
    static func check(_ recipe: Recipe, order: BatchOrder?, count: Int) throws {
        let batch = recipe.training.batch
        guard batch.isMultiple(of: count) else {
            let below = batch / count * count
            let sizes = (below > 0 ? "\(below) or " : "") + "\(below + count)"
            throw TrainingError.notShared(
                count,
                problem: "a batch of \(batch) pictures does not divide into equal shares",
                cure: "Set training.batch to \(sizes)"
            )
        }
        if let reason = obstacle(recipe) {
            throw TrainingError.notShared(count, problem: reason, cure: "Train it in one process")
        }
        guard let order, order.remainder == .kept else { return }
        let last = order.count % order.batchSize
        guard last.isMultiple(of: count) else {
            throw TrainingError.notShared(
                count,
                problem:
                    "the last batch of an epoch has \(last) pictures, which do not divide into equal shares",
                cure: "Set training.drop-last=true"
            )
        }
    }

    /// Why a recipe cannot be shared yet; nil where it can.
    private static func obstacle(_ recipe: Recipe) -> String? {
        if recipe.start?.keepsClasses == true || recipe.start?.replay ?? 0 > 0 {
            return "what keeps old classes (start.keeps-classes, start.replay) is not shared yet"
        }
        return nil
    }
}
