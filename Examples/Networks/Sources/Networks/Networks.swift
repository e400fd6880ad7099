import Foundation
import Neural
import Optimizers
import Torch

/// A network of two layers that learns a sine, is saved, and is read again.
///
///     swift run -c release Networks
@main enum Networks {
    final class Sine: Module {
        private let first: Dense
        private let second: Dense

        init(using source: RandomSource) {
            first = Dense(inputs: 1, outputs: 64, using: source)
            second = Dense(inputs: 64, outputs: 1, using: source)
        }

        /// Shape: N×1 → N×1.
        func callAsFunction(_ x: Tensor) -> Tensor { second(first(x).tanh()) }
    }

    static func main() throws {
        let source = RandomSource(seed: 1)
        let network = Sine(using: source)
        let optimizer = Optimizer(Adam(learningRate: 1e-2), for: network)
        for step in 0..<500 {
            let x = Tensor.uniform([128, 1], to: 6, using: source)
            let loss = (network(x) - x.sine()).squared().mean()
            optimizer.step(gradients(of: loss, for: optimizer.weights))
            if step % 100 == 99 { print("step \(step + 1): \(loss.item())") }
        }

        // Weights have names, those of the properties, and go into a file that other programs read.
        let file = FileManager.default.temporaryDirectory.appending(path: "sine.safetensors")
        try Safetensors.write(network.state().map { ($0.name, $0.tensor) }, metadata: [:], to: file)
        let again = Sine(using: RandomSource(seed: 2))
        let state = try Safetensors.read(from: file).tensors
        try again.load(state: state, origin: file.path)
        let x = Tensor([0.5, 1, 2] as [Float], shape: [3, 1])
        let far = (again(x) - x.sine()).absolute().max().item()
        print("read again, it is \(far) from the sine at most")
    }
}
