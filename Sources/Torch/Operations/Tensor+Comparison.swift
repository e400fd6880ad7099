extension Tensor {
    /// Whether the elements are equal, one by one.
    public static func .== (left: Tensor, right: Tensor) -> Tensor {
        Operators.equal(.tensor(left), .tensor(right))
    }

    /// Whether the elements differ, one by one.
    public static func .!= (left: Tensor, right: Tensor) -> Tensor {
        Operators.notEqual(.tensor(left), .tensor(right))
    }

    /// Whether the elements are smaller than the other's, one by one.
    public static func .< (left: Tensor, right: Tensor) -> Tensor {
        Operators.less(.tensor(left), .tensor(right))
    }

    /// Whether the elements are smaller or equal, one by one.
    public static func .<= (left: Tensor, right: Tensor) -> Tensor {
        Operators.lessOrEqual(.tensor(left), .tensor(right))
    }

    /// Whether each element is smaller than the number.
    public func isLess(than number: Double) -> Tensor {
        Operators.lessScalar(.tensor(self), .real(number))
    }

    /// Whether each element is greater than the number.
    public func isGreater(than number: Double) -> Tensor {
        Operators.greaterScalar(.tensor(self), .real(number))
    }

    /// Whether each element equals the number.
    public func isEqual(to number: Double) -> Tensor {
        Operators.equalScalar(.tensor(self), .real(number))
    }

    /// Elements of the first where this tensor is true, of the second elsewhere.
    public func selecting(_ first: Tensor, otherwise second: Tensor) -> Tensor {
        Operators.select(.tensor(self), .tensor(first), .tensor(second))
    }

    /// The number wherever the mask is true.
    public func filled(with number: Double, where mask: Tensor) -> Tensor {
        Operators.maskedFill(.tensor(self), .tensor(mask), .scalar(number, for: self))
    }

    /// Whether any element is true or not zero.
    public func any() -> Bool { Operators.any(.tensor(self)).item() != 0 }

    /// Whether all elements are true or not zero.
    public func all() -> Bool { Operators.all(.tensor(self)).item() != 0 }

    private enum Operators {
        static let equal = Operator("eq", "Tensor")
        static let notEqual = Operator("ne", "Tensor")
        static let less = Operator("lt", "Tensor")
        static let lessOrEqual = Operator("le", "Tensor")
        static let lessScalar = Operator("lt", "Scalar")
        static let greaterScalar = Operator("gt", "Scalar")
        static let equalScalar = Operator("eq", "Scalar")
        static let select = Operator("where", "self")
        static let maskedFill = Operator("masked_fill", "Scalar")
        static let any = Operator("any")
        static let all = Operator("all")
    }
}
