/// How the losses of all elements become one.
public enum Reduction: Int, Sendable {
    /// They stay as they are.
    case none = 0
    /// Their mean.
    case mean = 1
    /// Their sum.
    case sum = 2
}
