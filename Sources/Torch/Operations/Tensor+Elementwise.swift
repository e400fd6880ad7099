extension Tensor {
    /// e to the power of each element.
    public func exp() -> Tensor { Operators.exp(.tensor(self)) }

    /// Natural logarithms.
    public func log() -> Tensor { Operators.log(.tensor(self)) }

    /// Natural logarithms of one plus each element, exact near zero.
    public func log1p() -> Tensor { Operators.log1p(.tensor(self)) }

    /// e to the power of each element, less one, exact near zero.
    public func expm1() -> Tensor { Operators.expm1(.tensor(self)) }

    /// Square roots.
    public func squareRoot() -> Tensor { Operators.squareRoot(.tensor(self)) }

    /// One over the square roots.
    public func reciprocalSquareRoot() -> Tensor { Operators.reciprocalSquareRoot(.tensor(self)) }

    /// One over each element.
    public func reciprocal() -> Tensor { Operators.reciprocal(.tensor(self)) }

    /// Each element times itself.
    public func squared() -> Tensor { Operators.squared(.tensor(self)) }

    /// Sizes without sign.
    public func absolute() -> Tensor { Operators.absolute(.tensor(self)) }

    /// -1, 0 or 1.
    public func sign() -> Tensor { Operators.sign(.tensor(self)) }

    /// Each element times minus one.
    public func negated() -> Tensor { Operators.negated(.tensor(self)) }

    /// Sines of angles in radians.
    public func sine() -> Tensor { Operators.sine(.tensor(self)) }

    /// Cosines of angles in radians.
    public func cosine() -> Tensor { Operators.cosine(.tensor(self)) }

    /// Hyperbolic tangents.
    public func tanh() -> Tensor { Operators.tanh(.tensor(self)) }

    /// Logistic function, 1 / (1 + e^-x).
    public func sigmoid() -> Tensor { Operators.sigmoid(.tensor(self)) }

    /// Each element, or zero where it is negative.
    public func relu() -> Tensor { Operators.relu(.tensor(self)) }

    /// Each element times its logistic function.
    public func silu() -> Tensor { Operators.silu(.tensor(self)) }

    /// The error function.
    public func errorFunction() -> Tensor { Operators.errorFunction(.tensor(self)) }

    /// The inverse of the error function.
    public func inverseErrorFunction() -> Tensor { Operators.inverseErrorFunction(.tensor(self)) }

    /// The next whole number below.
    public func floor() -> Tensor { Operators.floor(.tensor(self)) }

    /// The next whole number above.
    public func ceiling() -> Tensor { Operators.ceiling(.tensor(self)) }

    /// The nearest whole number, halves to the even one.
    public func rounded() -> Tensor { Operators.rounded(.tensor(self)) }

    /// Whether each element is zero or false.
    public func logicalNot() -> Tensor { Operators.logicalNot(.tensor(self)) }

    /// Whether each element is not a number.
    public func isNaN() -> Tensor { Operators.isNaN(.tensor(self)) }

    /// Each element, scaled by the slope where it is negative.
    public func leakyRelu(slope: Double) -> Tensor {
        Operators.leakyRelu(.tensor(self), .real(slope))
    }

    /// Gaussian error linear units.
    public func gelu(approximate: Bool = false) -> Tensor {
        Operators.gelu(.tensor(self), .text(approximate ? "tanh" : "none"))
    }

    /// Exponential linear units.
    public func elu(alpha: Double = 1) -> Tensor {
        Operators.elu(.tensor(self), .real(alpha), .real(1), .real(1))
    }

    /// log(1 + e^x), safe for any size of x.
    public func softplus() -> Tensor { Operators.softplus(.tensor(self), .real(1), .real(20)) }

    /// log of the logistic function, safe for any size of x.
    public func logSigmoid() -> Tensor { Operators.logSigmoid(.tensor(self)) }

    /// Whether each element is neither infinite nor not a number.
    public func isFinite() -> Tensor {
        // Infinity less infinity and anything with NaN in it is not equal to itself.
        let difference = self - self
        return difference .== difference
    }

    /// Each element brought within the limits; an absent limit does not limit.
    public func clamped(from lower: Double? = nil, to upper: Double? = nil) -> Tensor {
        Operators.clamp(
            .tensor(self),
            lower.map { .scalar($0, for: self) } ?? .none,
            upper.map { .scalar($0, for: self) } ?? .none
        )
    }

    /// Each element to the power of the exponent.
    public func power(_ exponent: Double) -> Tensor {
        Operators.power(.tensor(self), .scalar(exponent, for: self))
    }

    private enum Operators {
        static let exp = Operator("exp")
        static let log = Operator("log")
        static let log1p = Operator("log1p")
        static let expm1 = Operator("expm1")
        static let squareRoot = Operator("sqrt")
        static let reciprocalSquareRoot = Operator("rsqrt")
        static let reciprocal = Operator("reciprocal")
        static let squared = Operator("square")
        static let absolute = Operator("abs")
        static let sign = Operator("sign")
        static let negated = Operator("neg")
        static let sine = Operator("sin")
        static let cosine = Operator("cos")
        static let tanh = Operator("tanh")
        static let sigmoid = Operator("sigmoid")
        static let relu = Operator("relu")
        static let silu = Operator("silu")
        static let errorFunction = Operator("erf")
        static let inverseErrorFunction = Operator("erfinv")
        static let floor = Operator("floor")
        static let ceiling = Operator("ceil")
        static let rounded = Operator("round")
        static let logicalNot = Operator("logical_not")
        static let isNaN = Operator("isnan")
        static let leakyRelu = Operator("leaky_relu")
        static let gelu = Operator("gelu")
        static let elu = Operator("elu")
        static let softplus = Operator("softplus")
        static let logSigmoid = Operator("log_sigmoid")
        static let clamp = Operator("clamp")
        static let power = Operator("pow", "Tensor_Scalar")
    }
}
