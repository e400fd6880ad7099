import Torch

extension Tensor {
    /// The body's result on this tensor in single precision at least, whatever shorter type the
    /// operations around it run in.
    public func inFullPrecision<Result>(_ body: (Tensor) -> Result) -> Result {
        autocast(nil, on: device.kind) {
            body(dtype == .float64 ? self : converted(to: .float32))
        }
    }
}
