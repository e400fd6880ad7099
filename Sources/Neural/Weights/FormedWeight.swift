import Torch

/// Brings a layer's weights into the form that it multiplies with.
struct FormedWeight {
    private let scale: Double
    private let biasScale: Double

    init(_ form: WeightForm, fans: Fans) {
        switch form {
        case .plain, .spectral: (scale, biasScale) = (1, 1)
        case .equalised(let gain, let rate):
            scale = gain * rate / Double(max(fans.inputs, 1)).squareRoot()
            biasScale = rate
        }
    }

    func weight(_ weight: Tensor, _ spectral: SpectralNorm?) -> Tensor {
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

    /// The norm of weights with so many outputs, where this form has one.
    func spectralNorm(outputs: Int, using source: RandomSource) -> SpectralNorm? {
        self == .spectral ? SpectralNorm(outputs: outputs, using: source) : nil
    }
}
