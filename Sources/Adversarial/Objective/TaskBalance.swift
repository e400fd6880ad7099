import Neural
import Torch

/// Finds factors with which the tasks' gradients at the trunk's last shared weights are as long as
/// that of the adversarial loss.
///
/// Source: the adaptive weight of Esser, Rombach and Ommer, "Taming transformers", CVPR 2021, section
/// 3.1, for each task, with a running mean and a cap.
public final class TaskBalance: Module {
    /// The running means of the factors.
    @Buffer public var means: Tensor
    private let decay: Double
    private let cap: Double

    /// A balance of so many tasks, all factors 1 at first.
    public init(tasks: Int, decay: Double = 0.99, cap: Double = 100) {
        means = Tensor.ones([tasks], dtype: .float64)
        (self.decay, self.cap) = (decay, cap)
    }

    /// The factors now, one for each task.
    public var factors: [Double] { means.doubles() }

    /// Learns from the losses of a turn.
    package func observe(loss: Tensor, tasks: [Tensor], at weight: Tensor) {
        func length(_ loss: Tensor) -> Double {
            let slope = gradients(
                of: loss,
                for: [weight],
                keepsGraph: true,
                allowsUnused: true
            )[0].overAllProcesses()
            return withoutGradients { slope.squared().sum().squareRoot().item() }
        }
        let own = length(loss)
        let wanted = tasks.map { min(own / (length($0) + 1e-8), cap) }
        means =
            means * decay
            + Tensor(wanted).moved(to: means.device).converted(to: means.dtype) * (1 - decay)
    }
}
