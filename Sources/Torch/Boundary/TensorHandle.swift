import CTorch

/// Owns one reference to a libtorch tensor and gives it back when released.
package final class TensorHandle {
    package let pointer: OpaquePointer

    package init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { ctorch_release(pointer) }
}
