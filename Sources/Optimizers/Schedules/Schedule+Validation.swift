extension Schedule {
    /// Checks that the schedule has a finite value at every position.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first number outside its range.
    public func validate() throws(OptimizerError) {
        switch self {
        case .constant(let value):
            try checkFinite("value", value)
        case .linear(let start, let end, let length), .cosine(let start, let end, let length):
            try checkFinite("from", start)
            try checkFinite("to", end)
            try OptimizerError.checkPositive("over", length)
        case .exponential(let start, let factor, let length),
            .step(let start, let factor, let length):
            try checkFinite("from", start)
            try OptimizerError.checkPositive("factor", factor)
            try OptimizerError.checkPositive("every", length)
        case .warmUp(let start, let length, let rest):
            try checkFinite("from", start)
            try OptimizerError.checkPositive("over", length)
            try rest.validate()
        case .piecewise(let knots):
            try validate(knots)
        }
    }

    private func validate(_ knots: [Knot]) throws(OptimizerError) {
        try OptimizerError.check(!knots.isEmpty, "knots", 0, "at least one knot")
        var last = -Double.infinity
        for knot in knots {
            try checkFinite("at", knot.at)
            try checkFinite("value", knot.value)
            try OptimizerError.check(knot.at >= last, "at", knot.at, "at least \(last), as sorted")
            last = knot.at
        }
    }

    private func checkFinite(_ name: String, _ value: Double) throws(OptimizerError) {
        try OptimizerError.check(value.isFinite, name, value, "a finite number")
    }
}
