import Torch

/// Brings a layer's weights into the form that it multiplies with.
final class FormedWeight: Module {
    private let scale: Double
    private let biasScale: Double
    private let spectral: SpectralNorm?

    init(_ form: WeightForm, fans: Fans, outputs: Int, using source: RandomSource) {
        switch form {
        case .plain: (scale, biasScale, spectral) = (1, 1, nil)
        case .equalised(let gain, let rate):
            scale = gain * rate / Double(max(fans.inputs, 1)).squareRoot()
            biasScale = rate
            spectral = nil
        case .spectral:
            (scale, biasScale) = (1, 1)
            spectral = SpectralNorm(outputs: outputs, using: source)
        }
    }

    func weight(_ weight: Tensor) -> Tensor {
        let scaled = scale == 1 ? weight : weight * scale
        return spectral?(scaled) ?? scaled
    }

    func bias(_ bias: Parameter?) -> Tensor? {
        bias.map { biasScale == 1 ? $0.wrappedValue : $0.wrappedValue * biasScale }
    }
}

extension WeightForm {
    /// How weights of this form start, whatever the layer is told.
    func initializer(_ wanted: Initializer) -> Initializer {
        if case .equalised(_, let rate) = self { return .normal(deviation: 1 / rate) }
        return wanted
    }

    /// What a bias that is to act as this number starts with.
    func startingBias(_ value: Double) -> Initializer {
        if case .equalised(_, let rate) = self { return .constant(value / rate) }
        return .constant(value)
    }
}
