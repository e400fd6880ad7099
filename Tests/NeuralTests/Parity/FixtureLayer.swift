import Neural
import TestSupport
import Torch

/// A layer built as a fixture's case says.
struct FixtureLayer {
    /// The layer where it has parameters or statistics.
    let module: Module?
    /// The layer's function.
    let call: (Tensor) -> Tensor

    /// A layer with parameters or statistics.
    init(_ module: Module, _ call: @escaping (Tensor) -> Tensor) {
        self.module = module
        self.call = call
    }

    /// A layer without.
    init(_ call: @escaping (Tensor) -> Tensor) {
        module = nil
        self.call = call
    }
}
