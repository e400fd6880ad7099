extension Tensor {
    /// The elements in another shape; one size may be -1 and is then computed.
    public func reshaped(_ shape: [Int]) -> Tensor {
        Operators.reshape(.tensor(self), .integers(shape))
    }

    /// The dimensions from one to another made one.
    public func flattened(from first: Int = 0, to last: Int = -1) -> Tensor {
        Operators.flatten(.tensor(self), .integer(first), .integer(last))
    }

    /// The dimensions in another order; a view.
    public func permuted(_ order: [Int]) -> Tensor {
        Operators.permute(.tensor(self), .integers(order))
    }

    /// Two dimensions exchanged; a view.
    public func transposed(_ first: Int = -2, _ second: Int = -1) -> Tensor {
        Operators.transpose(.tensor(self), .integer(first), .integer(second))
    }

    /// A view with dimensions of size 1 repeated to the shape, where -1 keeps a size.
    public func expanded(_ shape: [Int]) -> Tensor {
        Operators.expand(.tensor(self), .integers(shape))
    }

    /// The whole repeated, so many times per dimension.
    public func repeated(_ times: [Int]) -> Tensor {
        Operators.repeatAll(.tensor(self), .integers(times))
    }

    /// Each element repeated along a dimension.
    public func repeatedElements(_ times: Int, along dimension: Int) -> Tensor {
        Operators.repeatEach(.tensor(self), .integer(times), .integer(dimension))
    }

    /// A dimension of size 1 put in; a view.
    public func unsqueezed(_ dimension: Int) -> Tensor {
        Operators.unsqueeze(.tensor(self), .integer(dimension))
    }

    /// A dimension of size 1 taken out; a view.
    public func squeezed(_ dimension: Int) -> Tensor {
        Operators.squeeze(.tensor(self), .integer(dimension))
    }

    /// The order of elements along dimensions turned round.
    public func flipped(_ dimensions: [Int]) -> Tensor {
        Operators.flip(.tensor(self), .integers(dimensions))
    }

    /// Elements moved along a dimension, those pushed out coming in at the other end.
    public func rolled(by shift: Int, along dimension: Int) -> Tensor {
        Operators.roll(.tensor(self), .integers([shift]), .integers([dimension]))
    }

    /// Turned by quarter turns in the plane of two dimensions.
    public func rotated(quarterTurns: Int, in plane: (Int, Int) = (-2, -1)) -> Tensor {
        Operators.rotate(.tensor(self), .integer(quarterTurns), .integers([plane.0, plane.1]))
    }

    /// How a border is filled.
    public enum Padding: Sendable, Hashable {
        /// With one number.
        case constant(Double)
        /// With the picture mirrored at its edge, the edge not repeated.
        case reflect
        /// With the edge.
        case replicate
        /// With the opposite side: seamless.
        case circular
    }

    /// A border added; amounts before and after, the last dimension first.
    public func padded(_ amounts: [Int], _ padding: Padding = .constant(0)) -> Tensor {
        let (mode, value): (String, OperatorArgument) =
            switch padding {
            case .constant(let number): ("constant", .real(number))
            case .reflect: ("reflect", .none)
            case .replicate: ("replicate", .none)
            case .circular: ("circular", .none)
            }
        return Operators.pad(.tensor(self), .integers(amounts), .text(mode), value)
    }

    /// Tensors put one after the other along a dimension.
    public static func concatenated(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
        Operators.concatenate(.tensors(tensors), .integer(dimension))
    }

    /// Tensors of one shape put side by side along a new dimension.
    public static func stacked(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
        Operators.stack(.tensors(tensors), .integer(dimension))
    }

    /// Pieces of the given sizes along a dimension; views.
    public func split(_ sizes: [Int], along dimension: Int = 0) -> [Tensor] {
        Operators.split.several(
            .tensor(self),
            .integers(sizes),
            .integer(dimension),
            capacity: sizes.count
        )
    }

    /// Blocks of r×r pixels taken from r² channels.
    ///
    /// Shape: N×(C·r²)×H×W → N×C×(H·r)×(W·r).
    public func pixelShuffled(_ factor: Int) -> Tensor {
        Operators.pixelShuffle(.tensor(self), .integer(factor))
    }

    /// Blocks of r×r pixels put into r² channels.
    ///
    /// Shape: N×C×(H·r)×(W·r) → N×(C·r²)×H×W.
    public func pixelUnshuffled(_ factor: Int) -> Tensor {
        Operators.pixelUnshuffle(.tensor(self), .integer(factor))
    }

    private enum Operators {
        static let reshape = Operator("reshape")
        static let flatten = Operator("flatten", "using_ints")
        static let permute = Operator("permute")
        static let transpose = Operator("transpose", "int")
        static let expand = Operator("expand")
        static let repeatAll = Operator("repeat")
        static let repeatEach = Operator("repeat_interleave", "self_int")
        static let unsqueeze = Operator("unsqueeze")
        static let squeeze = Operator("squeeze", "dim")
        static let flip = Operator("flip")
        static let roll = Operator("roll")
        static let rotate = Operator("rot90")
        static let pad = Operator("pad")
        static let concatenate = Operator("cat")
        static let stack = Operator("stack")
        static let split = Operator("split_with_sizes")
        static let pixelShuffle = Operator("pixel_shuffle")
        static let pixelUnshuffle = Operator("pixel_unshuffle")
    }
}
