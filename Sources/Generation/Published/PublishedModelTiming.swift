import Autoregressive
import Foundation
import Midjourney
import Torch

/// How quickly a published model draws on this machine.
public struct PublishedModelTiming: Codable, Sendable {
    /// Pictures that were drawn together.
    public let pictures: Int
    /// Steps that were timed.
    public let steps: Int
    /// How many threads were used.
    public let threads: Int
    /// Seconds of a step, the median.
    public let step: Double
    /// Seconds of the quickest step: what a machine without other programs would often take.
    public let quickest: Double
    /// Seconds of the processor, of all threads, that a step took, the mean.
    public let work: Double
    /// Seconds of all steps of a picture's codes, from the median.
    public let codes: Double
    /// Seconds of making one picture of its codes, the median of three.
    public let picture: Double
    /// Bytes of weights that a step reads.
    public let bytes: Int
    /// Bytes a second of weights.
    public let rate: Double
    /// The most memory that the program had until then, in bytes; nothing where the system does not say.
    public let peak: Int?
    /// Bytes a second that a plain sum reads, in the same process.
    public let memoryRate: Double

    /// Times steps in the middle of pictures; the rest is computed from their median.
    ///
    /// - Parameters:
    ///   - place: A published model's folder.
    ///   - pictures: Drawn together, with guidance.
    ///   - steps: How many are timed.
    /// - Throws: `GenerationError` for another model, what reading throws.
    public init(of place: URL, pictures: Int, steps: Int) throws {
        let model = try PublishedModel(place, device: .cpu)
        let (found, needed, show) = try Self.parts(model, place, pictures: pictures, steps: steps)
        let median = found.steps.sorted()[found.steps.count / 2]
        (self.pictures, self.steps, threads) = (pictures, steps, Machine.threads)
        (step, codes, bytes) = (median, median * Double(needed), found.bytes)
        (quickest, work) = (found.steps.min() ?? median, found.work)
        rate = Double(found.bytes) / median
        picture = withoutGradients {
            (0..<3).map { _ in Self.seconds { _ = show().sum().item() } }.sorted()[1]
        }
        peak = Machine.peakMemory
        let numbers = Tensor.full([1 << 26], 1)
        let sums = (0..<5).map { _ in Self.seconds { _ = numbers.sum().item() } }
        memoryRate = Double(numbers.count * 4) / (sums.min() ?? 1)
    }

    /// Times of steps, how many of them the pictures take, and what makes one picture of its codes.
    private static func parts(
        _ model: PublishedModel,
        _ place: URL,
        pictures: Int,
        steps: Int
    ) throws -> (StepTiming, needed: Int, show: () -> Tensor) {
        switch model.network {
        case let network as JanusGenerator:
            let places = network.transformer.settings.places
            let found = network.transformer.timing(
                steps: steps,
                pictures: pictures,
                after: max(places / 2 - steps / 2, 1)
            )
            return (found, places - 1, { network.pictures(.zeros([1, places], dtype: .int64)) })
        case let network as AmusedGenerator:
            let places = network.transformer.settings.places
            return (
                network.transformer.timing(steps: steps, network.text),
                // One picture after the other.
                pictures * MaskedSampling.usualSteps,
                { network.pictures(.zeros([1, places], dtype: .int64)) }
            )
        default: throw GenerationError.notPublished(name: place.lastPathComponent)
        }
    }

    private static func seconds(_ work: () -> Void) -> Double {
        let start = Date()
        work()
        return Date().timeIntervalSince(start)
    }
}
