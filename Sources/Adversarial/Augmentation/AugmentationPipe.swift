import Checks
import Torch

/// Moves and colours pictures, each as it was drawn for; derivatives pass to any order.
///
/// Pictures are mirrored beyond their borders, read at twice their size so that nothing is blurred,
/// and brought back through the same wavelet (symlet 6).
///
/// Source: Karras et al., 2020, appendix B.
public struct AugmentationPipe {
    /// What colour changes are multiplied with.
    public var colourStrength: Double

    /// A pipe.
    public init(colourStrength: Double = 1) { self.colourStrength = colourStrength }

    private static let wavelet: [Double] = {
        let taps = [
            0.015_404_109_327_027_373, 0.003_490_712_084_217_470_2, -0.117_990_111_148_190_57,
            -0.048_311_742_585_633, 0.491_055_941_926_746_6, 0.787_641_141_030_194,
            0.337_929_421_727_621_8, -0.072_637_522_786_462_52, -0.021_060_292_512_300_564,
            0.044_724_901_770_665_78, 0.001_767_711_864_242_803_6, -0.007_800_708_325_034_148,
        ]
        return taps.map { $0 / taps.reduce(0, +) }
    }()

    /// The pictures changed as drawn.
    ///
    /// Shape: N×C×H×W → the same.
    public func callAsFunction(_ pictures: Tensor, _ draws: [PipeDraw]) -> Tensor {
        precondition(draws.count == pictures.size(0), "a draw for each picture")
        func makes(_ steps: [PipeStep]) -> Bool {
            draws.contains { draw in steps.contains { draw.values[$0] != nil } }
        }
        var x = pictures
        if makes(PipeStep.geometric) { x = x.hiding { moved($0, draws) } }
        if makes(PipeStep.colours) { x = coloured(x, draws) }
        if makes(PipeStep.bands) {
            var colour = Colour(x)
            // Opaque pictures are filtered about the middle grey, others about nothing.
            let grey = colour.covered(Tensor(0.5, dtype: x.dtype, device: x.device))
            colour.light =
                BandFilter.filtered(colour.light - grey, draws.map(BandFilter.gains)) + grey
            x = colour.pictures
        }
        return x
    }

    private func moved(_ pictures: Tensor, _ draws: [PipeDraw]) -> Tensor {
        let (_, _, height, width) = pictures.shape4
        let maps = draws.map { $0.places(width: width, height: height) }
        let margins = margins(maps, width: width, height: height)
        let (left, right, top, bottom) = margins
        let bordered = pictures.padded([left, right, top, bottom], .reflect)
        let doubled = doubled(bordered)
        let (rows, columns) = (doubled.size(2), doubled.size(3))
        let half = AugmentationPipe.wavelet.count / 4
        let wanted = (rows: 2 * (height + 2 * half), columns: 2 * (width + 2 * half))
        let places = maps.map { map -> [Double] in
            var map =
                Matrix3.shift(Double(left - right) / 2, Double(top - bottom) / 2) * map
            map = .scale(2, 2) * map * .scale(0.5, 0.5)
            map = .shift(-0.5, -0.5) * map * .shift(0.5, 0.5)
            return
                (.scale(2 / Double(columns), 2 / Double(rows)) * map
                * .scale(Double(wanted.columns) / 2, Double(wanted.rows) / 2)).rows
        }
        let grid = AffineGrid.places(
            places.flatMap { $0 },
            rows: wanted.rows,
            columns: wanted.columns
        )
        let read = doubled.bilinearlySampled(
            at: grid.converted(to: pictures.dtype).moved(to: pictures.device)
        )
        return halved(read)
    }

    /// How far beyond each border any picture is read; the same for all, so that they stay a batch.
    private func margins(
        _ maps: [Matrix3],
        width: Int,
        height: Int
    ) -> (left: Int, right: Int, top: Int, bottom: Int) {
        let (x, y) = (Double(width - 1) / 2, Double(height - 1) / 2)
        var most = (left: -Double.infinity, right: -Double.infinity)
        var tall = (top: -Double.infinity, bottom: -Double.infinity)
        for map in maps {
            for corner in [(-x, -y), (x, -y), (x, y), (-x, y)] {
                let place = map(corner.0, corner.1)
                most = (max(most.left, -place.x), max(most.right, place.x))
                tall = (max(tall.top, -place.y), max(tall.bottom, place.y))
            }
        }
        let reach = Double(AugmentationPipe.wavelet.count / 2)
        func whole(_ value: Double, _ middle: Double, _ size: Int) -> Int {
            Int(min(max(value + reach - middle, 0), Double(size - 1)).rounded(.up))
        }
        return (
            whole(most.left, x, width), whole(most.right, x, width),
            whole(tall.top, y, height), whole(tall.bottom, y, height)
        )
    }

    private func doubled(_ pictures: Tensor) -> Tensor {
        pictures.filtered(
            by: Self.wavelet.map { $0 * 2 },
            before: Self.wavelet.count / 2 - 1,
            stride: 2,
            size: [2 * pictures.size(2), 2 * pictures.size(3)],
            spreads: true
        )
    }

    /// Half the size, without the wavelet's reach on each side.
    private func halved(_ pictures: Tensor) -> Tensor {
        let reach = Self.wavelet.count / 2
        return pictures.filtered(
            by: Self.wavelet,
            before: -1,
            stride: 2,
            size: [pictures.size(2) / 2 - reach, pictures.size(3) / 2 - reach],
            spreads: false
        )
    }

    private func coloured(_ pictures: Tensor, _ draws: [PipeDraw]) -> Tensor {
        let count = pictures.size(0)
        var colour = Colour(pictures)
        let channels = colour.light.size(1)
        var linear: [Double] = []
        var constant: [Double] = []
        for draw in draws {
            let matrix = draw.colours(strength: colourStrength)
            let rows = (0..<3).map { Array(matrix[$0 * 4..<$0 * 4 + 4]) }
            // Grey pictures take the mean of what the colours would become.
            let used =
                channels == 3
                ? rows.map { ($0.dropLast().map { $0 }, $0[3]) }
                : [
                    (
                        [rows.reduce(0) { $0 + $1[0] + $1[1] + $1[2] } / 3],
                        rows.reduce(0) { $0 + $1[3] } / 3
                    )
                ]
            for (factors, shift) in used {
                linear += factors
                // From numbers of −1 … 1 to light of 0 … 1.
                constant.append((shift + 1 - factors.reduce(0, +)) / 2)
            }
        }
        func tensor(_ values: [Double], _ shape: [Int]) -> Tensor {
            Tensor(values, shape: shape).converted(to: pictures.dtype).moved(to: pictures.device)
        }
        let flat = colour.light.reshaped([count, channels, -1])
        let turned = tensor(linear, [count, channels, channels]).multiplied(by: flat)
        colour.light =
            turned.reshaped(colour.light.shape)
            + colour.covered(tensor(constant, [count, channels, 1, 1]))
        return colour.pictures
    }
}
