import Imaging
import Torch

extension Picture {
    /// Pictures of numbers from −1 to 1, as networks draw them.
    ///
    /// Shape: N×C×H×W → N pictures.
    public static func batch(of numbers: Tensor, depth: SampleDepth = .eight) -> [Picture] {
        let (count, channels, height, width) = numbers.shape4
        return Picture.batch(
            count: count,
            width: width,
            height: height,
            channels: channels,
            values: numbers.floats(),
            layout: .planar,
            depth: depth
        )
    }
}
