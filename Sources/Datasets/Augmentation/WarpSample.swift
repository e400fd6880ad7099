/// A kind of sample that pictures are made of.
package protocol WarpSample {
    init(rounding number: Float)
    var number: Float { get }
}

extension UInt8: WarpSample {
    @inline(__always)
    package init(rounding number: Float) {
        self = UInt8(Swift.min(Swift.max(number + 0.5, 0), 255))
    }

    @inline(__always)
    package var number: Float { Float(self) }
}

extension UInt16: WarpSample {
    @inline(__always)
    package init(rounding number: Float) {
        self = UInt16(Swift.min(Swift.max(number + 0.5, 0), 65_535))
    }

    @inline(__always)
    package var number: Float { Float(self) }
}

extension Float: WarpSample {
    @inline(__always)
    package init(rounding number: Float) { self = number }

    @inline(__always)
    package var number: Float { self }
}
