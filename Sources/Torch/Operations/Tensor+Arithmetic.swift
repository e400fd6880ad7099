extension Tensor {
    /// The sum, element by element, shapes brought to agree.
    public static func + (left: Tensor, right: Tensor) -> Tensor {
        Operators.add(.tensor(left), .tensor(right))
    }

    /// The sum of each element and the number.
    public static func + (left: Tensor, right: Double) -> Tensor {
        Operators.addScalar(.tensor(left), .scalar(right, for: left))
    }

    /// The sum of the number and each element.
    public static func + (left: Double, right: Tensor) -> Tensor { right + left }

    /// The difference, element by element.
    public static func - (left: Tensor, right: Tensor) -> Tensor {
        Operators.subtract(.tensor(left), .tensor(right))
    }

    /// Each element less the number.
    public static func - (left: Tensor, right: Double) -> Tensor {
        Operators.subtractScalar(.tensor(left), .scalar(right, for: left))
    }

    /// The number less each element.
    public static func - (left: Double, right: Tensor) -> Tensor {
        Operators.reverseSubtract(.tensor(right), .scalar(left, for: right))
    }

    /// The product, element by element.
    public static func * (left: Tensor, right: Tensor) -> Tensor {
        Operators.multiply(.tensor(left), .tensor(right))
    }

    /// Each element times the number.
    public static func * (left: Tensor, right: Double) -> Tensor {
        Operators.multiplyScalar(.tensor(left), .scalar(right, for: left))
    }

    /// The number times each element.
    public static func * (left: Double, right: Tensor) -> Tensor { right * left }

    /// The quotient, element by element; whole numbers give fractions.
    public static func / (left: Tensor, right: Tensor) -> Tensor {
        Operators.divide(.tensor(left), .tensor(right))
    }

    /// Each element divided by the number.
    public static func / (left: Tensor, right: Double) -> Tensor {
        Operators.divideScalar(.tensor(left), .real(right))
    }

    /// The number divided by each element.
    public static func / (left: Double, right: Tensor) -> Tensor { right.reciprocal() * left }

    /// Each element with its sign changed.
    public static prefix func - (operand: Tensor) -> Tensor { operand.negated() }

    /// The remainder of a division, with the divisor's sign.
    public func remainder(_ divisor: Double) -> Tensor {
        Operators.remainder(.tensor(self), .scalar(divisor, for: self))
    }

    /// The larger of both, element by element.
    public func maximum(_ other: Tensor) -> Tensor {
        Operators.maximum(.tensor(self), .tensor(other))
    }

    /// The smaller of both, element by element.
    public func minimum(_ other: Tensor) -> Tensor {
        Operators.minimum(.tensor(self), .tensor(other))
    }

    /// The way from this tensor to the other, a share of it gone.
    public func interpolated(to other: Tensor, share: Double) -> Tensor {
        Operators.lerp(.tensor(self), .tensor(other), .real(share))
    }

    private enum Operators {
        static let add = Operator("add", "Tensor")
        static let addScalar = Operator("add", "Scalar")
        static let subtract = Operator("sub", "Tensor")
        static let subtractScalar = Operator("sub", "Scalar")
        static let reverseSubtract = Operator("rsub", "Scalar")
        static let multiply = Operator("mul", "Tensor")
        static let multiplyScalar = Operator("mul", "Scalar")
        static let divide = Operator("div", "Tensor")
        static let divideScalar = Operator("div", "Scalar")
        static let remainder = Operator("remainder", "Scalar")
        static let maximum = Operator("maximum")
        static let minimum = Operator("minimum")
        static let lerp = Operator("lerp", "Scalar")
    }
}
