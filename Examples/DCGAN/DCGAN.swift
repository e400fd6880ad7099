import Adversarial
import Datasets
import Foundation
import Imaging
import Neural
import Optimizers
import Torch

/// Pixels on each side, and numbers that one drawing starts from.
private let side = 32
private let latents = 100

/// The network that draws: numbers become 4×4 places, which are doubled three times.
final class Drawer: Module {
    private let dense: Dense
    private let norms: [BatchNorm]
    private let convolutions: [TransposeConvolution2D]

    init(using source: RandomSource) {
        dense = Dense(inputs: latents, outputs: 128 * 4 * 4, bias: false, using: source)
        norms = [128, 64, 32].map { BatchNorm($0, decay: 0.9, epsilon: 1e-5) }
        convolutions = [(128, 64), (64, 32), (32, 3)].map { inputs, outputs in
            TransposeConvolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 5,
                stride: 2,
                padding: .same,
                using: source
            )
        }
    }

    /// Shape: N×latents → N×3×32×32, −1 … 1.
    func callAsFunction(_ noise: Tensor) -> Tensor {
        var x = dense(noise).reshaped([-1, 128, 4, 4])
        for (norm, convolution) in zip(norms, convolutions) { x = convolution(norm(x).relu()) }
        return x.tanh()
    }
}

/// The network that judges: pictures are halved three times, and what is left becomes a logit.
final class Judge: Module {
    private let convolutions: [Convolution2D]
    private let dense: Dense

    init(using source: RandomSource) {
        convolutions = [(3, 32), (32, 64), (64, 128)].map { inputs, outputs in
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 5,
                stride: 2,
                padding: .same,
                using: source
            )
        }
        dense = Dense(inputs: 128 * 4 * 4, outputs: 1, using: source)
    }

    /// Shape: N×3×32×32 → N×1, above zero for pictures taken to be real.
    func callAsFunction(_ pictures: Tensor) -> Tensor {
        var x = pictures
        for convolution in convolutions { x = convolution(x).leakyRelu(slope: 0.2) }
        return dense(x.reshaped([-1, 128 * 4 * 4]))
    }
}

/// A DCGAN from the library's parts, whole.
///
///     swift run -c release dcgan-example [STEPS] [PICTURE] [FOLDER OF REAL PICTURES]
///
/// Source: Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep
/// Convolutional Generative Adversarial Networks", 2015, smaller.
@main struct DCGANExample {
    static func main() throws {
        let said = Array(CommandLine.arguments.dropFirst())
        let steps = said.count > 0 ? Int(said[0]) ?? 0 : 1000
        let file = URL(filePath: said.count > 1 ? said[1] : "dcgan.png")

        // Real pictures, decoded once and kept: those of a folder, or emoji from the system's font.
        let source: any PictureSource =
            said.count > 2
            ? try FolderSource(URL(filePath: said[2])) : try EmojiSource(pixels: side)
        let options = CacheOptions(width: side, height: side, channels: 3)
        let cache = try PictureCache.open(source, options: options)
        let order = try BatchOrder(
            count: cache.count,
            batchSize: 64,
            sampling: .shuffled(Permutation(count: cache.count, seed: 1))
        )
        let batches = Prefetcher(loader: BatchLoader(cache: cache, order: order))

        let chance = RandomSource(seed: 1, purpose: "latents")
        let drawer = Drawer(using: RandomSource(seed: 1, purpose: "drawer"))
        let judge = Judge(using: RandomSource(seed: 1, purpose: "judge"))
        let rule = Adam(learningRate: 2e-4, beta1: 0.5)
        let drawing = Optimizer(rule, for: drawer)
        let judging = Optimizer(rule, for: judge)
        let loss = AdversarialLoss.binaryCrossEntropy

        for step in 0..<steps {
            let real = batches.next().tensor()
            let drawn = drawer(.normal([real.size(0), latents], using: chance))
            // The judge learns to tell the two apart …
            let judged = loss.discriminator(real: judge(real), fake: judge(drawn.detached()))
            judging.step(gradients(of: judged, for: judging.weights))
            // … and the drawer what the judge takes to be real.
            let drew = loss.generator(fake: judge(drawn))
            drawing.step(gradients(of: drew, for: drawing.weights))
            print("step \(step + 1): judge \(judged.item()), drawer \(drew.item())")
        }

        let noise = Tensor.normal([64, latents], using: chance)
        let drawn = drawer.evaluating { withoutGradients { drawer(noise) } }
        try Picture.grid(Picture.batch(of: drawn)).write(to: file)
    }
}
