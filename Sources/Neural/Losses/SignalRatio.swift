import Foundation
import Torch

/// The peak signal-to-noise ratio of pictures of numbers between −1 and 1.
public enum SignalRatio {
    /// Decibels of mean squared errors: 20 for a tenth of the range, 100 at most.
    ///
    /// Shape: any → the same.
    public static func decibels(_ squared: Tensor) -> Tensor {
        // The largest difference is 2.
        (squared / 4).clamped(from: 1e-10).log() * (-10 / log(10))
    }
}
