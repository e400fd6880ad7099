import Adversarial

extension NetworkFamily {
    /// All families, those of codes among them.
    static let everywhere = NetworkFamily.all + [NetworkFamily(TokenFamily.self)]

    /// The family of that name, wherever it is from.
    public static func known(_ name: String) -> NetworkFamily? {
        everywhere.first { $0.name == name }
    }
}
