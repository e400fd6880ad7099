import Foundation

/// Sizes, sampling rates and frequencies of all layers, which follow from the settings and the picture's side.
///
/// Frequencies and rates count periods and samples to a side of the picture.
///
/// Source: as `StyleGAN3`, section 3.2 and appendix C.
struct StyleGAN3Layout: Equatable {
    /// One layer.
    struct Layer: Equatable {
        /// Channels that come in.
        var inputs: Int
        /// Channels that go out.
        var outputs: Int
        /// Rows and columns that come in, margins included.
        var from: Int
        /// Rows and columns that go out.
        var to: Int
        /// Rows and columns of the kernel.
        var kernel: Int
        /// Whether it makes the picture.
        var isPicture: Bool
        /// Times that samples are closer to each other while they are bent.
        var up: Int
        /// Times that they are further apart afterwards.
        var down: Int
        /// Numbers of the filter before.
        var upTaps: Int
        /// Rows and columns of the filter behind.
        var downTaps: Int
        /// Whether the filter behind looks alike in all directions.
        var isRadial: Bool
        /// What the filter before lets pass.
        var before: LowPass
        /// What the filter behind lets pass.
        var behind: LowPass

        /// Samples put before the first one when they are brought closer; below zero, samples that are left out.
        ///
        /// Half a sample of both sampling rates lies between the picture's edge and the first sample.
        var lead: Int {
            let wanted = (to - 1) * down + 1
            let found = (from + kernel - 1) * up
            let missing = wanted - found + upTaps + downTaps - 2
            // Towards zero from above, and further down from below.
            return (missing + up) >> 1
        }
    }

    /// Rows and columns of the waves.
    let size: Int
    /// Their sampling rate.
    let rate: Double
    /// Their highest frequency.
    let bandwidth: Double
    /// How many there are.
    let channels: Int
    /// All layers, the one that makes the picture last.
    let layers: [Layer]
    private let outside: Int

    /// The layout of a network.
    ///
    /// - Precondition: the settings have no problems for the picture, but perhaps too many channels.
    init(_ settings: StyleGAN3.Settings, for spec: ImageSpec) {
        let labels = spec.labels * settings.style
        let style = settings.style
        outside = labels + settings.latent * style + settings.mappingLayers * style * style
        let side = Double(spec.height)
        let count = settings.layers
        let last = side / 2
        let stages = (0...count).map { index -> (cutoff: Double, stop: Double, rate: Double) in
            // Frequencies rise evenly until the critical layers.
            let share = min(Double(index) / Double(count - settings.critical), 1)
            let cutoff = settings.firstCutoff * pow(last / settings.firstCutoff, share)
            let stop =
                settings.firstStopband
                * pow(last * settings.lastStopband / settings.firstStopband, share)
            return (cutoff, stop, exp2(ceil(log2(min(2 * stop, side)))))
        }
        let sizes = stages.enumerated().map { index, stage in
            index >= count - 1 ? spec.height : Int(stage.rate) + 2 * settings.margin
        }
        let widths = stages.enumerated().map { index, stage in
            let most = min(
                Double(settings.channelBase) / 2 / stage.cutoff,
                Double(settings.channelMax)
            )
            return index == count
                ? spec.channels : max(Int(most.rounded(.toNearestOrEven)), 1)
        }
        func halfWidth(_ index: Int) -> Double {
            max(stages[index].stop, stages[index].rate / 2) - stages[index].cutoff
        }
        layers = (0...count).map { index in
            let previous = max(index - 1, 0)
            let isPicture = index == count
            let (near, far) = (stages[previous], stages[index])
            let rate = max(near.rate, far.rate) * Double(isPicture ? 1 : settings.upsampling)
            let (up, down) = (Int(rate / near.rate), Int(rate / far.rate))
            return Layer(
                inputs: widths[previous],
                outputs: widths[index],
                from: sizes[previous],
                to: sizes[index],
                kernel: isPicture ? 1 : settings.kernel,
                isPicture: isPicture,
                up: up,
                down: down,
                upTaps: up > 1 && !isPicture ? settings.filterSize * up : 1,
                downTaps: down > 1 && !isPicture ? settings.filterSize * down : 1,
                isRadial: settings.radial && index < count - settings.critical,
                before: LowPass(cutoff: near.cutoff, width: 2 * halfWidth(previous), rate: rate),
                behind: LowPass(cutoff: far.cutoff, width: 2 * halfWidth(index), rate: rate)
            )
        }
        (size, rate, bandwidth) = (sizes[0], stages[0].rate, stages[0].cutoff)
        channels = widths[0]
    }

    /// Numbers of the network, about.
    var numbers: Int {
        layers.reduce(channels * channels + outside) {
            $0 + $1.outputs * $1.inputs * $1.kernel * $1.kernel
        }
    }

    /// What the original program calls a layer.
    func name(of index: Int) -> String {
        "L\(index)_\(layers[index].to)_\(layers[index].outputs)"
    }
}
