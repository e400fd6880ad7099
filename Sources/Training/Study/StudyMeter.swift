import Foundation
import Runs

/// What measures the drawings of a study's runs; it comes from outside, for training knows nothing of measuring.
public protocol StudyMeter {
    /// The share of held-out pictures whose class it tells.
    var accuracy: Double { get }

    /// Figures of real pictures that its network learned from: what no drawing can be expected to surpass.
    func figuresOfReal() throws -> [String: Double]

    /// Figures of the generator in a file of weights.
    ///
    /// - Throws: What is wrong with the file.
    func figures(of file: URL) throws -> [String: Double]
}

extension Study {
    /// Makes what measures the runs of a recipe.
    ///
    /// - Parameters:
    ///   - recipe: Whose pictures are measured.
    ///   - options: Where the pictures lie, and how many are compared.
    ///   - folder: Where networks that measure are kept.
    /// - Throws: What is wrong with the pictures.
    public typealias Measuring =
        @Sendable (_ recipe: Recipe, _ options: Options, _ folder: URL) throws ->
        any StudyMeter
}
