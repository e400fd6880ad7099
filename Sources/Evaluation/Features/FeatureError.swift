/// Why a file holds no network that features can be taken from.
public enum FeatureError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A tensor that is not there.
    case missing(String, origin: String)
    /// A tensor of another shape.
    case otherShape(String, expected: [Int], found: [Int], origin: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .missing(let name, let origin):
            "\(origin) has no tensor '\(name)', expected the weights of Inception or VGG. Add"
                + " torch-fidelity's, pytorch-fid's or torchvision's file with 'atelier models add FILE'."
        case .otherShape(let name, let expected, let found, let origin):
            "\(origin): the tensor '\(name)' has the shape \(found), expected \(expected): this is another"
                + " network. Use torch-fidelity's or pytorch-fid's Inception, or torchvision's VGG16."
        }
    }
}
