import Datasets
import Foundation
import Runs
import Torch

/// Everything but tensors that a run needs to go on exactly where it was.
public struct TrainingState: Codable, Sendable, Equatable {
    /// Steps done.
    public var step = 0
    /// Real pictures shown.
    public var images = 0
    /// Training pictures that there are.
    public var pictures = 0
    /// Ticks done.
    public var ticks = 0
    /// Where the next batch starts in the order of the data.
    public var position = DataPosition()
    /// Where each named stream of random numbers stands.
    public var streams: [String: RandomSource.State] = [:]
    /// The best value of the monitored figure, if one was measured.
    public var best: Double?
    /// The figure that the best value is of; nothing in states of earlier versions.
    public var bestFigure: String?
    /// Checks in a row without an improvement, for early stopping.
    public var checksWithoutImprovement = 0
    /// The best value that early stopping has seen.
    public var stoppingBest: Double?
    /// What either player could still gain alone, as last measured.
    public var dualityGap: Double?
    /// Ticks in a row that looked wrong.
    public var suspicion = 0
    /// Whether drawings ever differed as they should.
    public var hasSpread = false
    /// Whether drawn classes ever were several; nothing in states of earlier versions.
    public var hadClasses: Bool?
    /// How often the run went back to a good checkpoint.
    public var rollbacks = 0
    /// What both learning rates are multiplied with since.
    public var rateScale = 1.0
    /// Seconds of training, all sittings together.
    public var seconds = 0.0
    /// What the run was started with.
    public var recipe: Recipe
    /// Classes that were known before the run and must not be forgotten.
    public var keptClasses = 0
    /// Names of the classes that the networks know.
    public var classNames: [String] = []
    /// Where the data was found, if that was told.
    public var dataPath: String?

    /// The state of a run that has not begun.
    public init(recipe: Recipe, dataPath: String?) {
        self.recipe = recipe
        self.dataPath = dataPath
    }
}
