import Torch

/// Pictures as colour changes see them: light from 0 to 1, and how much of each pixel is there.
///
/// With transparency colours are premultiplied, so that constants are added in the share in which
/// a pixel is there; transparency itself is never changed by a change of colour.
struct Colour {
    /// Colours, 0 … 1, premultiplied.
    var light: Tensor
    /// The share of each pixel that is there; nothing for opaque pictures.
    let cover: Tensor?

    /// The parts of pictures from −1 to 1.
    init(_ pictures: Tensor) {
        let all = (pictures + 1) * 0.5
        let channels = pictures.size(1)
        if channels == 2 || channels == 4 {
            light = all.sliced(0..<channels - 1, along: 1)
            cover = all.sliced(channels - 1..<channels, along: 1)
        } else {
            (light, cover) = (all, nil)
        }
    }

    /// The pictures from −1 to 1.
    var pictures: Tensor {
        let all = cover.map { Tensor.concatenated([light, $0], along: 1) } ?? light
        return all * 2 - 1
    }

    /// A constant in the share in which each pixel is there.
    func covered(_ constant: Tensor) -> Tensor { cover.map { $0 * constant } ?? constant }
}

extension Tensor {
    /// Pictures whose emptiness is zero, so that products with masks hide: transparent ones count
    /// from −1, opaque ones from the middle grey.
    func hiding(_ change: (Tensor) -> Tensor) -> Tensor {
        let hasCover = size(1) == 2 || size(1) == 4
        return hasCover ? change(self + 1) - 1 : change(self)
    }
}
