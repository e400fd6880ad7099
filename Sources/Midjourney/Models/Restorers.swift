import Adversarial
import Autoregressive
import Torch

extension RefinedGenerator: Restorer {
    /// What is hidden is drawn pixel by pixel.
    public func restored(
        _ pictures: Tensor,
        visible: Tensor,
        labels: Tensor?,
        using source: RandomSource
    ) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        return restored(
            pictures,
            visible: visible,
            labels: labels,
            by: .uniform(
                [count, rows * columns * refiner.chances],
                device: pictures.device,
                using: source
            )
        )
    }
}

extension TokenGenerator: Restorer {
    /// Codes of hidden places are drawn four times; the likeliest stay.
    public func restored(
        _ pictures: Tensor,
        visible: Tensor,
        labels: Tensor?,
        using source: RandomSource
    ) -> Tensor {
        infilled(
            pictures,
            visible: visible,
            GuidedCondition(prefix(labels, count: pictures.size(0))),
            TokenSampling(),
            by: .uniform(
                [pictures.size(0), 4, transformer.settings.length],
                device: pictures.device,
                using: source
            )
        )
    }
}
