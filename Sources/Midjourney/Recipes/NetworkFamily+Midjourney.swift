import Adversarial

extension NetworkFamily {
    /// All families, those of codes and of repairs among them.
    static let everywhere =
        NetworkFamily.all + [
            NetworkFamily(TokenFamily.self), NetworkFamily(RepairFamily.self),
        ]

    /// The family of that name, wherever it is from.
    public static func known(_ name: String) -> NetworkFamily? {
        everywhere.first { $0.name == name }
    }
}
