import Adversarial
import Prompts
import Torch

/// Draws whole pictures in one step.
struct OneStepSampler: ImageSampler {
    private let conditions: ModelConditions
    private let numbers: any LatentSpace
    let styles: (any StyleGenerator)?
    let layered: (any LayeredGenerator)?
    let batch: Int
    private let canBePlaced: Bool

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    ///   - styles: The network, where its layers take styles.
    ///   - layered: The network, where it tells of its layers.
    init(
        _ network: any Generator,
        _ conditions: ModelConditions,
        styles: (any StyleGenerator)?,
        layered: (any LayeredGenerator)?
    ) {
        (self.conditions, self.styles, self.layered) = (conditions, styles, layered)
        // One large picture takes all of the processor, and 64 of them all of the memory.
        let isLarge = conditions.description.size.contains { $0 >= 256 }
        canBePlaced = network.placed != nil
        batch = isLarge || canBePlaced ? 1 : 64
        let plain = PlainSpace(network, on: conditions.device)
        numbers = styles.map { StyleSpace($0, on: conditions.device, whole: plain) } ?? plain
    }

    var space: (any LatentSpace)? { numbers }

    var missing: [ModelCapability: String] {
        var missing = OneStepSampler.missing(conditions)
        if styles != nil { missing[.styles] = nil }
        if canBePlaced { missing[.placing] = nil }
        return missing
    }

    /// What no network can do that draws in one step.
    static func missing(_ conditions: ModelConditions) -> [ModelCapability: String] {
        let step = "it draws in one step"
        let own: [ModelCapability: String] = [
            .temperature: step, .guidance: step, .stopping: step,
            .infilling: "it draws whole pictures alone",
        ]
        var missing = conditions.missingWithoutCodes.merging(own) { $1 }
        if conditions.description.wraps == .horizontally { missing[.wrapping] = nil }
        return missing
    }

    var boldness: (values: [Double], change: (inout SamplingOptions, Double) -> Void) {
        ([0.4, 0.6, 0.8, 1], { $0.truncation = $1 })
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        let classes = try conditions.classes(of: batch.request, batch.indices)
        let labels = conditions.labels(classes)
        return BatchSampler(
            draw: {
                BatchSampler.Drawn(pictures: numbers.drawn($0, labels, batch.request.sampling))
            },
            fastSample: nil,
            labels: labels,
            names: classes.map { labels == nil ? nil : conditions.className($0) }
        )
    }
}
