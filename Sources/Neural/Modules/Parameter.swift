import Torch

/// A tensor that training changes.
///
/// `@Parameter var weight = Tensor…` inside a `Module` is found under the property's name.
@propertyWrapper
public final class Parameter {
    /// The tensor: a leaf of the gradients' record.
    public var wrappedValue: Tensor {
        didSet { wrappedValue = wrappedValue.requiringGradient() }
    }

    /// The parameter itself, for optimizers.
    public var projectedValue: Parameter { self }

    /// A parameter that starts with these elements.
    public init(wrappedValue: Tensor) {
        self.wrappedValue = wrappedValue.requiringGradient()
    }
}

/// A tensor that belongs to a model but is not trained: running statistics, tables.
@propertyWrapper
public final class Buffer {
    /// The tensor.
    public var wrappedValue: Tensor

    /// The buffer itself.
    public var projectedValue: Buffer { self }

    /// A buffer that starts with these elements.
    public init(wrappedValue: Tensor) { self.wrappedValue = wrappedValue.detached() }
}
