import Runs
import Torch

/// Finds out whether the shorter numbers make a recipe's step faster on this machine.
enum PrecisionCheck {
    /// What bfloat16 must gain to be taken.
    private static let margin = 1.05

    /// The recipe with `auto` decided, and a sentence on how; other recipes stay as they are.
    ///
    /// The step is timed in both types with at most 64 pictures: about a second. Without
    /// instructions for bfloat16, nothing is timed.
    ///
    /// - Throws: `TorchError` when the recipe's device is not there.
    static func resolved(_ recipe: Recipe) throws -> (recipe: Recipe, note: String?) {
        guard recipe.training.precision == .auto else { return (recipe, nil) }
        let device = try Device(recipe.device.rawValue)
        guard device.kind != .cpu || Machine.hasBFloat16 else {
            return (
                with(.float32, recipe),
                "precision auto: float32, the processor has no bfloat16 instructions"
            )
        }
        var small = recipe
        small.training.batch = min(recipe.training.batch, 64)
        func rate(_ precision: Recipe.Training.Precision) throws -> Double {
            let seconds = try Workload(with(precision, small), isSampling: false)
                .seconds(steps: 4, warmUp: 2)
            return Double(small.training.batch) / seconds[0]
        }
        let (long, short) = (try rate(.float32), try rate(.bfloat16))
        let choice: Recipe.Training.Precision = short > long * margin ? .bfloat16 : .float32
        return (
            with(choice, recipe),
            "precision auto: \(choice.rawValue), \(Int(short)) images/s in bfloat16 against"
                + " \(Int(long)) in float32 at batch \(small.training.batch)"
        )
    }

    private static func with(_ precision: Recipe.Training.Precision, _ recipe: Recipe) -> Recipe {
        var recipe = recipe
        recipe.training.precision = precision
        return recipe
    }
}
