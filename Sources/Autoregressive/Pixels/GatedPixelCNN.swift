import Checks
import Neural
import Torch

/// A stack of convolutions that see the rows above, and one that sees the pixels to the left.
///
/// The upper stack's maps of a row know all rows before it; the left stack takes them in, row by
/// row, and adds the pixels before in the same row. Every layer has gates, and what is known of the
/// picture counts in every gate. The first layer's gates know the place.
///
/// Source: van den Oord et al., "Conditional image generation with PixelCNN decoders", NeurIPS
/// 2016. Unlike there the maps know no channel of their own pixel: the head orders those.
public final class GatedPixelCNN: Module, PixelTrunk {
    /// The pictures.
    public let spec: PixelSpec
    /// Features of a pixel.
    public var width: Int { settings.width }
    let settings: Settings
    let layers: [GatedLayer]
    private let places: PlaceSums
    private let conditioning: PixelConditioning?
    let last: Convolution2D

    /// A network whose weights are drawn from the source.
    public init(_ settings: Settings, for spec: PixelSpec, using source: RandomSource) {
        (self.settings, self.spec) = (settings, spec)
        conditioning = PixelConditioning(
            spec,
            width: settings.width,
            layers: settings.draftLayers,
            using: source
        )
        let hasCondition = spec.classes > 0 || spec.draftChannels > 0
        layers = (0..<settings.layers).map { index in
            GatedLayer(
                inputs: index == 0 ? spec.channels : settings.width,
                width: settings.width,
                kernel: index == 0 ? settings.firstKernel : settings.kernel,
                isFirst: index == 0,
                isConditional: hasCondition,
                using: source
            )
        }
        last = Convolution2D(
            inputs: settings.width,
            outputs: settings.width,
            kernel: 1,
            initializer: .heNormal,
            using: source
        )
        places = PlaceSums(width: 2 * settings.width, using: source)
    }

    /// Features of every pixel.
    public func callAsFunction(_ pictures: Tensor, _ condition: PixelCondition) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        let known = conditioning?(condition, count: count, rows: rows, columns: columns)
        var (above, left) = (pictures, pictures)
        var total: Tensor?
        for (index, layer) in layers.enumerated() {
            let conditions = conditions(
                of: layer,
                known,
                index == 0 ? places(rows: rows, columns: columns) : nil
            )
            let seen = layer.above(above, conditions?.above)
            let found = layer.left(left, seen.before, conditions?.left)
            (above, left) = (seen.maps, found.maps)
            total = total.map { $0 + found.skip } ?? found.skip
        }
        return finished(total)
    }

    /// The same features pixel by pixel.
    public func walk(
        count: Int,
        rows: Int,
        columns: Int,
        _ condition: PixelCondition
    ) -> any PixelWalk {
        GatedWalk(
            self,
            count: count,
            columns: columns,
            known: conditioning?(condition, count: count, rows: rows, columns: columns),
            places: places(rows: rows, columns: columns)
        )
    }

    /// What a layer's gates get beside the maps: of what is known, and of places.
    func conditions(
        of layer: GatedLayer,
        _ known: Tensor?,
        _ places: (above: Tensor, left: Tensor)?
    ) -> (above: Tensor, left: Tensor)? {
        let conditions = layer.conditions(known)
        guard let places else { return conditions }
        return conditions.map { ($0.above + places.above, $0.left + places.left) } ?? places
    }

    func finished(_ skips: Tensor?) -> Tensor {
        guard let skips else { preconditionFailure("a PixelCNN without layers") }
        return last(skips.relu()).relu()
    }
}
